package dev.lenet.fuzz;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.CheckpointStore;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.interop.Onnx;
import dev.lenet.interop.OnnxOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Small good inputs of each target, which a fuzzer begins with. */
public final class Seeds {
    private static final long SEED = 1;
    private static final Network NETWORK = Network.input(1, 6, 6)
            .layer("conv1", Conv2d.of(2, 3))
            .layer("relu1", new Relu())
            .layer("pool1", MaxPool2d.of(2))
            .layer("flatten", new Flatten())
            .layer("fc1", Linear.of(2))
            .build();

    private final Path corpus;

    private Seeds(Path corpus) {
        this.corpus = corpus;
    }

    /**
     * Writes them.
     *
     * @param arguments the folder of the corpus
     */
    public static void main(String[] arguments) throws IOException {
        Seeds seeds = new Seeds(Path.of(arguments[0]));
        seeds.idx();
        seeds.models();
        seeds.pictures();
        seeds.requests();
        seeds.write("SettingsTarget", "defaults", Files.readAllBytes(Path.of("config.yaml")));
        seeds.write("SettingsTarget", "quick", Files.readAllBytes(Path.of("config/quick.yaml")));
    }

    private void write(String target, String name, byte[] data) throws IOException {
        Path folder = corpus.resolve(target);
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), data);
    }

    private void idx() throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + 2 * 9);
        images.putInt(0x803).putInt(2).putInt(3).putInt(3);
        write("ImagesTarget", "two", images.array());
        ByteBuffer labels = ByteBuffer.allocate(8 + 3);
        labels.putInt(0x801).putInt(3).put(new byte[] {0, 1, 2});
        write("LabelsTarget", "three", labels.array());
    }

    private void models() throws IOException {
        ModelFile model = new ModelFile(
                NETWORK,
                Weights.initial(NETWORK, SEED),
                new Normalization(0.5, 0.25),
                Map.of("seed", "1", "dataset", "mnist"));
        Path file = Scratch.file("seed.safetensors", new byte[0]);
        model.write(file);
        write("ModelTarget", "small", Files.readAllBytes(file));
        write("SafetensorsTarget", "small", Files.readAllBytes(file));
        write("CheckpointTarget", "small", checkpoint());
        write("OnnxTarget", "plain", onnx(model, OnnxOptions.DEFAULT));
        write("OnnxTarget", "pixels", onnx(model, OnnxOptions.DEFAULT.withPreprocessing(true)));
    }

    private static byte[] onnx(ModelFile model, OnnxOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(model, out, options);
        return out.toByteArray();
    }

    /** Of a training of two steps. */
    private static byte[] checkpoint() throws IOException {
        ArrayDataset data = ArrayDataset.of(Shape.of(1, 6, 6), new float[4 * 36], new int[] {0, 1, 0, 1}, 2);
        CheckpointStore store = new CheckpointStore(Scratch.folder().resolve("run"));
        Files.createDirectories(Scratch.folder().resolve("run"));
        try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, SEED))) {
            new TrainingLoop(engine, new TrainingSettings(1, 2, 0.01, new Optimizer.Adam(), SEED))
                    .saving(store::save)
                    .run(model, data, data, new TrainingListener() {});
        }
        return Files.readAllBytes(Scratch.folder().resolve("run/checkpoint.safetensors"));
    }

    private void pictures() throws IOException {
        for (String format : List.of("png", "jpeg", "bmp", "gif")) {
            byte[] picture = picture(format, 40, 30);
            write("PictureTarget", format, picture);
            write("FolderTarget", format, picture);
        }
    }

    /** A stroke from top to bottom. */
    static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = height / 5; y < height * 4 / 5; y++) {
            for (int x = width / 2; x < width / 2 + 3; x++) {
                image.getRaster().setSample(x, y, 0, 255);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void requests() throws IOException {
        String drawing = "{\"engine\":\"native\",\"side\":2,\"pixels\":\"AAEC/w==\"}";
        request("page", "GET / HTTP/1.1", "Host: localhost", "", "");
        request(
                "two",
                "GET /model HTTP/1.1",
                "Host: localhost",
                "",
                "GET /engines HTTP/1.1",
                "Host: localhost",
                "",
                "");
        request(
                "drawing",
                "POST /predict HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + drawing.length(),
                "",
                drawing);
        request(
                "chunks",
                "POST /engine HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "13",
                "{\"engine\":\"native\"}",
                "0",
                "",
                "");
    }

    private void request(String name, String... lines) throws IOException {
        write("HttpTarget", name, String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
    }
}
