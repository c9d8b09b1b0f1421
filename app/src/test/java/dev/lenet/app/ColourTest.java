package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.Shape;
import dev.lenet.api.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coloured pictures of the user's own, from folders to the answer of every command. */
class ColourTest {
    private static final int SIDE = 32;

    /** The same light everywhere, so that no grey tells them apart: {@code 0.299 R + 0.587 G + 0.114 B} is 89 or 90. */
    private static final int[][] COLOURS = {{230, 30, 30}, {30, 130, 40}, {40, 50, 255}};

    private static final String[] NAMES = {"berry", "leaf", "sky"};

    @TempDir
    Path folder;

    /** A disc of the class's colour somewhere on grey noise. */
    private static BufferedImage picture(int label, int width, int height, Random random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int radius = Math.min(width, height) / 4;
        int middleX = width / 2 + random.nextInt(5) - 2;
        int middleY = height / 2 + random.nextInt(5) - 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = Math.hypot(x - middleX, y - middleY) < radius;
                int grey = 60 + random.nextInt(60);
                int[] colour = inside ? COLOURS[label] : new int[] {grey, grey, grey};
                image.setRGB(x, y, colour[0] << 16 | colour[1] << 8 | colour[2]);
            }
        }
        return image;
    }

    private void pictures(int count) throws IOException {
        Random random = new Random(4);
        for (int label = 0; label < NAMES.length; label++) {
            Path itsFolder = Files.createDirectories(folder.resolve("things").resolve(NAMES[label]));
            for (int i = 0; i < count; i++) {
                ImageIO.write(
                        picture(label, SIDE, SIDE, random),
                        "png",
                        itsFolder.resolve(i + ".png").toFile());
            }
        }
    }

    private Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private void config(String data, String rest) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: image-folders, directory: things, validation_size: 12%s}
                training: {epochs: 6, batch_size: 12, learning_rate: 0.02, average_decay: 0}
                augmentation: {flip: 0.5, rotation: 0, elastic: 1}
                surface: {noise: 0.3, noise_strength: 0.1}
                %s
                """.formatted(data, rest));
    }

    private ProgramRun run(String... arguments) {
        ProgramRun run = ProgramRun.of(folder, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @ParameterizedTest
    @CsvSource({"native", "djl"})
    void aSmallNetworkLearnsColoursAndEveryCommandKnowsItsShape(String engine) throws IOException {
        pictures(30);
        config("", """
                model: {layers: [{conv2d: {filters: 8, kernel_size: 5, stride: 2}}, relu, {max_pool2d: {kernel_size: 2}},
                  flatten, {linear: {outputs: auto}}]}""");
        run("train", "--engine", engine, "--output", "colours.safetensors");
        ModelFile model = ModelFile.read(folder.resolve("colours.safetensors"), List.of());
        assertThat(model.network().input()).isEqualTo(Shape.of(3, SIDE, SIDE));
        assertThat(Double.parseDouble(model.facts().get("test_accuracy"))).isGreaterThan(0.95);

        // The model knows all of this by itself.
        Files.delete(folder.resolve("config.yaml"));
        Random random = new Random(9);
        for (int label = 0; label < NAMES.length; label++) {
            write("picture.png", picture(label, SIDE, SIDE, random));
            // The middle of a wide picture, whose proportions stay.
            write("wide.png", picture(label, 200, 128, random));
            List<JsonObject> read = run(
                            "predict",
                            "--engine",
                            engine,
                            "--json",
                            "--show",
                            "--debug-image",
                            "seen.png",
                            "--model",
                            "colours.safetensors",
                            "picture.png",
                            "wide.png")
                    .json();
            for (JsonObject answer : read) {
                assertThat(answer.get("class").getAsString())
                        .as("%s", answer.get("file"))
                        .isEqualTo(NAMES[label]);
                assertThat(answer.getAsJsonArray("pixels")).hasSize(3 * SIDE * SIDE);
            }
            BufferedImage stored = ImageIO.read(folder.resolve("picture.png").toFile());
            BufferedImage seen = ImageIO.read(folder.resolve("seen-1.png").toFile());
            assertThat(seen.getRGB(16, 16)).isEqualTo(stored.getRGB(16, 16));
            assertThat(read.get(0).getAsJsonArray("pixels").get(16 * SIDE + 16).getAsInt())
                    .isEqualTo(COLOURS[label][0]);
        }
        Files.writeString(
                folder.resolve("config.yaml"), "data: {dataset: image-folders, directory: things, shape: [1, 20, 20]}");
        assertThat(run("evaluate", "--engine", engine, "--json", "--model", "colours.safetensors")
                        .json()
                        .get(0)
                        .get("accuracy")
                        .getAsDouble())
                .as("in the model's shape, whatever is configured")
                .isEqualTo(Double.parseDouble(model.facts().get("test_accuracy")));
        if (engine.equals("native")) {
            run("report", "--model", "colours.safetensors", "--output", "page");
            assertThat(folder.resolve("page/report.html")).exists();
            assertThat(run("describe", "--model", "colours.safetensors").out()).contains("[3, 32, 32]", "cropped");
            run("export", "--model", "colours.safetensors", "--with-preprocessing", "--output", "colours.onnx");
            ProgramRun segment =
                    ProgramRun.of(folder, "predict", "--segment", "--model", "colours.safetensors", "wide.png");
            assertThat(segment.exitCode()).isNotZero();
            assertThat(segment.err())
                    .contains("--segment: expected a model of characters, received one of 'image-folders'");
        }
    }

    @ParameterizedTest
    @CsvSource({"lenet5, 1, 20, 36", "lenet5-tanh, 3, 16, 16", "mlp, 3, 9, 5", "resnet8, 3, 12, 10"})
    void namedNetworksAdaptToTheShape(String network, int channels, int height, int width) throws IOException {
        pictures(10);
        config(
                String.format(Locale.ROOT, ", shape: [%d, %d, %d]", channels, height, width),
                "model: {network: %s}".formatted(network));
        run("train", "--max-steps", "1", "--output", "m.safetensors");
        ModelFile model = ModelFile.read(folder.resolve("m.safetensors"), List.of());
        assertThat(model.network().input()).isEqualTo(Shape.of(channels, height, width));
        assertThat(model.network().output()).isEqualTo(Shape.of(3));
        write("picture.png", picture(1, 70, 70, new Random(2)));
        assertThat(run("predict", "--json", "--model", "m.safetensors", "picture.png")
                        .json()
                        .get(0)
                        .getAsJsonArray("probabilities"))
                .hasSize(3);
    }

    @Test
    void whatDoesNotFitIsASentenceThatNamesItsSetting() throws IOException {
        pictures(10);
        config(", shape: [3, 8, 8]", "");
        ProgramRun small = ProgramRun.of(folder, "train");
        assertThat(small.exitCode()).isNotZero();
        assertThat(small.err())
                .contains(
                        "model.network: expected a network for images of [3, 8, 8], received lenet5, which does not fit:"
                                + " conv2 ");
        config(", shape: [3, 32, 32]", "");
        Files.writeString(
                folder.resolve("config.yaml"),
                Files.readString(folder.resolve("config.yaml")).replace("epochs: 6", "outliers: 0.1, epochs: 6"));
        assertThat(ProgramRun.of(folder, "train").err())
                .contains("training.outliers: expected 0 for images of [3, 32, 32], received 0.1.");
        for (String shape : List.of("[2, 32, 32]", "[3, 32]", "32", "[3, 0, 32]", "[3, [1], 2]", "[3, 32, 1025]")) {
            config(", shape: " + shape, "");
            ProgramRun wrong = ProgramRun.of(folder, "config", "check");
            assertThat(wrong.exitCode()).as(shape).isNotZero();
            assertThat(wrong.err())
                    .as(shape)
                    .contains("config.yaml:1:", "data.shape: expected auto or [channels, height, width] such as");
        }
        config(", shape: [3, 32, 32]", "");
        assertThat(run("config", "show").out()).containsPattern("data.shape +\\[3, 32, 32\\] +config.yaml:1");
    }
}
