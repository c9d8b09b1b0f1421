package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.command.Program;
import dev.lenet.report.chart.Thumbnail;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code predict}. */
class PredictTest {
    private final Path folder;

    PredictTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A one; a one and a seven; and a window. */
    @BeforeEach
    void draw() throws IOException {
        write("one.png", 200, graphics -> graphics.drawLine(90, 60, 90, 180));
        write("seventeen.png", 400, graphics -> {
            graphics.drawLine(90, 60, 90, 180);
            graphics.drawPolyline(new int[] {200, 270, 230}, new int[] {65, 65, 180}, 3);
        });
        write("window.png", 300, graphics -> {
            graphics.drawRect(60, 60, 150, 150);
            graphics.drawLine(60, 110, 210, 110);
            graphics.drawLine(60, 160, 210, 160);
            graphics.drawLine(110, 60, 110, 210);
            graphics.drawLine(160, 60, 160, 210);
        });
    }

    @Test
    @DisplayName("--segment reads digit by digit, and says where each one is")
    void segment() {
        ProgramRun run = ProgramRun.of(folder, "predict", "--segment", "seventeen.png");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).matches("seventeen.png: 17: 1 \\([0-9.]+ %\\), 7 \\([0-9.]+ %\\)\n");

        JsonObject json = ProgramRun.of(folder, "predict", "--segment", "seventeen.png", "--json")
                .json()
                .get(0);
        assertThat(json.keySet()).containsExactly("file", "model", "number", "lines", "doubtful", "digits");
        assertThat(json.get("number").getAsString()).isEqualTo("17");
        assertThat(json.get("doubtful").getAsBoolean()).isFalse();
        JsonObject seven = json.getAsJsonArray("digits").get(1).getAsJsonObject();
        assertThat(seven.get("digit").getAsInt()).isEqualTo(7);
        assertThat(seven.get("line").getAsInt()).isEqualTo(1);
        JsonObject box = seven.getAsJsonObject("box");
        assertThat(400 * box.get("left").getAsDouble()).isBetween(190.0, 200.0);
        assertThat(400 * box.get("right").getAsDouble()).isBetween(270.0, 280.0);
        assertThat(240 * box.get("top").getAsDouble()).isBetween(55.0, 65.0);
        assertThat(240 * box.get("bottom").getAsDouble()).isBetween(180.0, 190.0);
    }

    @Test
    @DisplayName("two digits read as one are doubtful, with the way to read them")
    void severalDigits() {
        ProgramRun run = ProgramRun.of(folder, "predict", "seventeen.png");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("seventeen.png: doubtful, perhaps ")
                .endsWith("; it looks like 2 digits, which --segment reads one by one\n");
        JsonObject json = ProgramRun.of(folder, "predict", "seventeen.png", "--json")
                .json()
                .get(0);
        assertThat(json.get("doubtful").getAsBoolean()).isTrue();
        assertThat(json.get("digits").getAsInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("what is unlike every digit is doubtful, and a ? in a number")
    void strange() {
        JsonObject json =
                ProgramRun.of(folder, "predict", "window.png", "--json").json().get(0);
        assertThat(json.get("novelty").getAsDouble()).isGreaterThan(1);
        assertThat(json.get("doubtful").getAsBoolean()).isTrue();

        ProgramRun run = ProgramRun.of(folder, "predict", "window.png");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("window.png: doubtful, perhaps \\d \\([0-9.]+ %\\), then .*; it is unlike what the model"
                        + " learnt from\n");
        assertThat(ProgramRun.of(folder, "predict", "--segment", "window.png").out())
                .startsWith("window.png: doubtful, ?: perhaps ");
    }

    @Test
    @DisplayName("what the model is not sure of is doubtful")
    void unsure() throws IOException {
        byte[] images = IdxFile.images(Path.of("../data/mnist/t10k-images-idx3-ubyte.gz"))
                .values();
        // A nine that might be a four.
        byte[] pixels = Arrays.copyOfRange(images, 3985 * 784, 3986 * 784);
        Files.write(folder.resolve("between.png"), new Thumbnail(28, 28, pixels).png());
        JsonObject json =
                ProgramRun.of(folder, "predict", "between.png", "--json").json().get(0);

        assertThat(json.get("probability").getAsDouble()).isLessThan(0.8);
        assertThat(json.get("novelty").getAsDouble()).isLessThan(1);
        assertThat(json.get("doubtful").getAsBoolean()).isTrue();
    }

    @Test
    @DisplayName("a model file that does not know what is strange is read as ever")
    void withoutNovelty() {
        ModelFile shipped = ModelFile.read(Path.of("../models/lenet5.safetensors"), List.of());
        new ModelFile(shipped.network(), shipped.weights(), shipped.normalization(), Novelty.without(shipped.facts()))
                .write(folder.resolve("old.safetensors"));
        JsonObject json = ProgramRun.of(folder, "predict", "one.png", "--json", "--model", "old.safetensors")
                .json()
                .get(0);

        assertThat(json.has("novelty")).isFalse();
        assertThat(json.get("doubtful").getAsBoolean()).isFalse();
    }

    @Test
    @DisplayName("--show draws what the model saw; with --json it lists the pixels")
    void show() {
        ProgramRun run = ProgramRun.of(folder, "predict", "--show", "one.png");

        assertThat(run.out().lines()).hasSizeBetween(20, 29);
        // A one is 20 pixels high; its round ends are grey.
        assertThat(run.out().lines().skip(1).filter(line -> line.contains("@@")))
                .hasSizeBetween(16, 20);
        JsonObject json = ProgramRun.of(folder, "predict", "--show", "one.png", "--json")
                .json()
                .get(0);
        assertThat(json.getAsJsonArray("pixels")).hasSize(784);
    }

    @Test
    @DisplayName("--debug-image writes a picture that is read the same as the original")
    void debugImage() {
        JsonObject original = ProgramRun.of(folder, "predict", "--debug-image", "seen.png", "one.png", "--json")
                .json()
                .get(0);
        JsonObject again =
                ProgramRun.of(folder, "predict", "seen.png", "--json").json().get(0);

        assertThat(again.get("probabilities")).isEqualTo(original.get("probabilities"));
    }

    @Test
    @DisplayName("--debug-image numbers its files where there are several")
    void debugImages() {
        ProgramRun.of(folder, "predict", "--debug-image", "a.png", "one.png", "none.png", "window.png");
        ProgramRun.of(folder, "predict", "--debug-image", "b.png", "--segment", "seventeen.png");
        ProgramRun.of(folder, "predict", "--debug-image", "c.png", "--segment", "one.png", "seventeen.png");

        assertThat(folder.toFile().list())
                .contains("a-1.png", "a-3.png", "b-1.png", "b-2.png", "c-1-1.png", "c-2-1.png", "c-2-2.png")
                .doesNotContain("a.png", "a-2.png", "b.png", "c.png");
    }

    @Test
    @DisplayName("--debug-image refuses what is no PNG, has no folder, or is one of the pictures")
    void debugImageRefuses() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("one.png"));

        wrong("seen.jpeg", "expected a file that ends with .png");
        wrong("none/seen.png", "expected a file in a folder that is there");
        wrong("one.png", "expected another file than the pictures");

        assertThat(folder.resolve("one.png")).hasBinaryContent(before);
    }

    private void wrong(String file, String message) {
        ProgramRun run = ProgramRun.of(folder, "predict", "--quiet", "--debug-image", file, "one.png");
        assertThat(run.exitCode()).isEqualTo(Program.WRONG);
        assertThat(run.err()).contains("--debug-image: " + message).hasLineCount(1);
    }

    private interface Strokes {
        void on(Graphics2D graphics);
    }

    private void write(String name, int width, Strokes strokes) throws IOException {
        BufferedImage image = new BufferedImage(width, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, 240);
        graphics.setColor(Color.DARK_GRAY);
        graphics.setStroke(new BasicStroke(12, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        strokes.on(graphics);
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
