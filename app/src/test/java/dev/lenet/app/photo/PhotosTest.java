package dev.lenet.app.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.app.Extent;
import dev.lenet.app.command.Program;
import dev.lenet.report.chart.Thumbnail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floors under what docs/pictures.md reports of many more photos; the shares of so few vary by a point or two. */
class PhotosTest {
    private final Path folder;
    private final Measurement measurement;

    PhotosTest(@TempDir Path folder) {
        this.folder = folder;
        this.measurement = new Measurement(folder);
    }

    @Test
    @DisplayName("of photos of digits 93 % are read right, of 150 of them 96 %, and few are called doubtful")
    void photosOfDigits() {
        Measurement.Digits digits = measurement.digits(Extent.of(150, 30));

        assertThat(digits.right()).as("%s", digits).isGreaterThanOrEqualTo(Extent.of(144, 28));
        assertThat(digits.doubtful()).as("%s", digits).isLessThanOrEqualTo(Extent.of(9, 3));
    }

    @Test
    @DisplayName("of photos of numbers of three digits 84 % are read right, all three digits")
    void photosOfNumbers() {
        Measurement.Numbers numbers = measurement.numbers(3, Extent.of(50, 25));

        assertThat(numbers.right()).as("%s", numbers).isGreaterThanOrEqualTo(Extent.of(42, 21));
    }

    @ParameterizedTest
    @DisplayName("of 25 photos of what is no digit few are taken for one, and blank paper is refused")
    @CsvSource({
        "LETTERS, 5",
        "SHAPES, 10",
        "SCRIBBLES, 7",
        "FACES, 21",
        "NUMBERS, 2",
        "TEXTURES, 2",
        "NOISE, 1",
        "RULED, 1",
        "BLANK, 1"
    })
    void photosOfOtherThings(Clutter kind, int most) {
        Measurement.Others others = measurement.others(kind, 25);

        assertThat(others.taken()).as("%s", others).isLessThanOrEqualTo(most);
        if (kind == Clutter.BLANK) {
            assertThat(others.refused()).as("%s", others).isGreaterThanOrEqualTo(22);
        }
    }

    @Test
    @DisplayName("predict of a thousand test images exported as PNG is right as often as evaluate of the same images")
    void exportedTestImages() throws IOException {
        int count = 1000;
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            images.put(Scenes.pixels(10 * i));
            labels.put((byte) Scenes.label(10 * i));
        }
        Files.write(folder.resolve("images"), images.array());
        Files.write(folder.resolve("labels"), labels.array());

        List<JsonObject> readings = Readings.of(folder, count, i -> new Thumbnail(28, 28, Scenes.pixels(10 * i)).png());
        int right = 0;
        for (int i = 0; i < count; i++) {
            right += readings.get(i).get("digit").getAsInt() == Scenes.label(10 * i) ? 1 : 0;
        }

        assertThat(right / (double) count).isEqualTo(evaluated());
    }

    private double evaluated() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Program(folder, stream, stream)
                .run("evaluate", "--quiet", "--images", "images", "--labels", "labels", "--json");
        return JsonParser.parseString(
                        out.toString(StandardCharsets.UTF_8).lines().findFirst().orElse(""))
                .getAsJsonObject()
                .get("accuracy")
                .getAsDouble();
    }
}
