package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.app.command.Program;
import dev.lenet.vision.Preparation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is answered to a drawing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrawingTest {
    private static final int SIDE = 140;
    private static final int PIXELS = 28 * 28;

    private final ServerFixture fixture = new ServerFixture();
    private final byte[] images =
            IdxFile.images(Path.of("../data/mnist/t10k-images-idx3-ubyte.gz")).values();
    private final byte[] labels =
            IdxFile.labels(Path.of("../data/mnist/t10k-labels-idx1-ubyte.gz")).values();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        fixture.close();
    }

    /** An image of MNIST, five times as large, as if it were drawn. */
    private byte[] drawing(int image) {
        byte[] drawing = new byte[SIDE * SIDE];
        for (int i = 0; i < drawing.length; i++) {
            drawing[i] = images[image * PIXELS + i / SIDE / 5 * 28 + i % SIDE / 5];
        }
        return drawing;
    }

    private static int best(JsonArray probabilities) {
        int best = 0;
        for (int k = 1; k < probabilities.size(); k++) {
            if (probabilities.get(k).getAsDouble() > probabilities.get(best).getAsDouble()) {
                best = k;
            }
        }
        return best;
    }

    @Test
    void drawingsOfTestImagesAreReadAsTheirDigits() throws Exception {
        int right = 0;
        for (int image = 0; image < 100; image++) {
            JsonObject answer = fixture.predict("native", SIDE, drawing(image));
            right += best(answer.getAsJsonArray("probabilities")) == labels[image] ? 1 : 0;
        }
        assertThat(right).as("of 100").isGreaterThanOrEqualTo(97);
    }

    @Test
    void thePageAndPredictReadTheSame() throws Exception {
        JsonObject answer = fixture.predict("native", SIDE, drawing(3));

        JsonObject printed = predict(png(drawing(3)));
        assertThat(answer.getAsJsonArray("probabilities")).isEqualTo(printed.getAsJsonArray("probabilities"));
    }

    @Test
    void aChequeredSquareIsDoubtfulAndADigitIsNot() throws Exception {
        JsonObject digit = fixture.predict("native", SIDE, drawing(3));
        assertThat(digit.get("doubtful").getAsBoolean()).isFalse();
        assertThat(digit.get("strange").getAsBoolean()).isFalse();

        byte[] checks = new byte[SIDE * SIDE];
        for (int i = 0; i < checks.length; i++) {
            int x = i % SIDE / 20;
            int y = i / SIDE / 20;
            checks[i] = (byte) ((x + y) % 2 == 1 && x > 0 && x < 6 && y > 0 && y < 6 ? 255 : 0);
        }
        JsonObject answer = fixture.predict("native", SIDE, checks);
        assertThat(answer.get("doubtful").getAsBoolean()).isTrue();
        assertThat(answer.get("strange").getAsBoolean()).isTrue();
    }

    private Path png(byte[] drawing) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < drawing.length; i++) {
            image.setRGB(i % SIDE, i / SIDE, (drawing[i] & 0xFF) * 0x010101);
        }
        Path file = folder.resolve("drawing.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private JsonObject predict(Path picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Program(folder, new PrintStream(out), new PrintStream(err))
                .run(
                        "predict",
                        "--json",
                        "--model",
                        ServerFixture.MODEL.toAbsolutePath().toString(),
                        picture.toString());
        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void whatTheModelGetsIsCentredAndComesWithTheAnswer() throws Exception {
        byte[] drawing = new byte[SIDE * SIDE];
        // A bar of 4 x 40 in a corner.
        for (int y = 5; y < 45; y++) {
            for (int x = 5; x < 9; x++) {
                drawing[y * SIDE + x] = (byte) 255;
            }
        }
        JsonObject answer = fixture.predict("native", SIDE, drawing);

        byte[] pixels = Base64.getDecoder().decode(answer.get("pixels").getAsString());
        assertThat(pixels).hasSize(PIXELS);
        assertThat(pixels[14 * 28 + 14] & 0xFF).isEqualTo(255);
        assertThat(pixels[14 * 28 + 5]).isZero();
        assertThat(best(answer.getAsJsonArray("probabilities"))).isEqualTo(1);
    }

    @Test
    void theMapsOfEveryShownLayerComeWithTheAnswer() throws Exception {
        JsonArray layers = JsonParser.parseString(fixture.get("/model").body())
                .getAsJsonObject()
                .getAsJsonArray("layers");
        assertThat(layers)
                .extracting(layer -> layer.getAsJsonObject().get("name").getAsString())
                .containsExactly("conv1", "pool1", "conv2", "pool2", "fc1", "fc2", "fc3");
        assertThat(layers.get(0).getAsJsonObject().get("kinds").toString()).isEqualTo("[\"conv2d\",\"relu\"]");
        JsonObject answer = fixture.predict("native", SIDE, drawing(0));
        int[] sizes = {6 * 28 * 28, 6 * 14 * 14, 16 * 10 * 10, 16 * 5 * 5, 120, 84, 10};
        for (int i = 0; i < sizes.length; i++) {
            JsonObject layer = answer.getAsJsonArray("layers").get(i).getAsJsonObject();
            byte[] levels = Base64.getDecoder().decode(layer.get("levels").getAsString());
            assertThat(levels).hasSize(sizes[i]);
            int largest = 0;
            for (byte level : levels) {
                largest = Math.max(largest, Math.abs(level));
                // Behind a rectifier, all but the logits.
                assertThat(level).isGreaterThanOrEqualTo((byte) (i == 6 ? -127 : 0));
            }
            assertThat(largest).isEqualTo(127);
            assertThat(layer.get("most").getAsDouble()).isPositive();
        }
        // The logits and the probabilities agree.
        byte[] logits = Base64.getDecoder()
                .decode(answer.getAsJsonArray("layers")
                        .get(6)
                        .getAsJsonObject()
                        .get("levels")
                        .getAsString());
        int digit = best(answer.getAsJsonArray("probabilities"));
        for (byte logit : logits) {
            assertThat(logit).isLessThanOrEqualTo(logits[digit]);
        }
    }

    @Test
    void aBlankDrawingIsNotRead() throws Exception {
        JsonObject answer = fixture.predict("native", SIDE, new byte[SIDE * SIDE]);
        assertThat(answer.get("blank").getAsBoolean()).isTrue();
        assertThat(answer.keySet()).containsExactly("engine", "blank");
        byte[] full = new byte[SIDE * SIDE];
        java.util.Arrays.fill(full, (byte) 255);
        assertThat(fixture.predict("native", SIDE, full).get("blank").getAsBoolean())
                .isTrue();
    }

    @Test
    void aPictureIsReadInTheShapeAndTheColoursOfTheModel() {
        Network network = Network.input(3, 8, 8)
                .layer("flatten", new Flatten())
                .layer("fc", Linear.of(2))
                .build();
        ModelFile file = new ModelFile(
                network,
                Weights.initial(network, 1),
                new Normalization(0.5, 0.25),
                Map.of("class_names", "[\"a\",\"b\"]"));
        ServedModel model = new ServedModel("colours", file, Preparation.CROPPED);
        assertThat(model.toJson().getAsJsonArray("shape").toString()).isEqualTo("[3,8,8]");
        byte[] colours = new byte[3 * 40 * 20];
        Arrays.fill(colours, 800, 1600, (byte) 77);
        String text = Base64.getEncoder().encodeToString(colours);
        Request request =
                Request.parse("{\"engine\":\"native\",\"width\":40,\"height\":20,\"colours\":\"" + text + "\"}");
        try (ServedEngines engines = new ServedEngines(Engines.all(), "native", EngineOptions.DEFAULT, model)) {
            JsonObject answer =
                    Drawing.of(request).answer(engines.named("native"), model).join();
            byte[] seen = Base64.getDecoder().decode(answer.get("pixels").getAsString());
            byte[] expected = new byte[192];
            Arrays.fill(expected, 64, 128, (byte) 77);
            assertThat(seen).isEqualTo(expected);
            assertThat(answer.getAsJsonArray("probabilities")).hasSize(2);

            // What comes from a pen is grey, and three equal colours.
            byte[] drawn = new byte[28 * 28];
            Arrays.fill(drawn, 0, 392, (byte) 255);
            Request pen = Request.parse("{\"engine\":\"native\",\"side\":28,\"pixels\":\""
                    + Base64.getEncoder().encodeToString(drawn) + "\"}");
            answer = Drawing.of(pen).answer(engines.named("native"), model).join();
            assertThat(Base64.getDecoder().decode(answer.get("pixels").getAsString()))
                    .startsWith(255, 255)
                    .endsWith(0, 0)
                    .hasSize(192);
        }
        assertThatThrownBy(() -> Drawing.of(
                        Request.parse("{\"engine\":\"native\",\"width\":161,\"height\":1,\"colours\":\"\"}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("width: expected a whole number from 1 to 160, received 161");
    }
}
