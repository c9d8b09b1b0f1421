package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures as large as telephones make them are read, and what they take stays far below their size. */
class LargePicturesTest {
    private final Path directory;

    LargePicturesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @DisplayName(
            "50 million pixels are read in any way to store them, and 200 million in one that takes no memory for it")
    @CsvSource({"8160, 6144, jpeg, true, 10", "8160, 6144, png, true, 12", "16320, 12240, png, false, 12"})
    void telephones(int width, int height, String format, boolean progressive, int type) throws IOException {
        BufferedImage picture = new Drawing(width, height)
                .as(type)
                .at(width / 4.0, height / 8.0, height / 160.0)
                .image();
        Path file = Files.write(directory.resolve("x"), PictureFiles.written(picture, format, progressive));

        long before = ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
        GreyImage grey = PictureDecoder.read(file);
        long allocated = ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes, in all and not at once").isLessThan(90_000_000);
        assertThat((double) grey.width() / grey.height()).isBetween(1.32, 1.34);
        GreyImage small = PictureDecoder.of(
                new Drawing(408, 306).at(102, 38.25, 306 / 160.0).image(), "small");
        assertThat(Drawing.similarity(digit(grey), digit(small))).isGreaterThan(0.99);
    }

    private static DigitImage digit(GreyImage grey) {
        return MnistRecipe.whole(java.util.Objects.requireNonNull(MnistRecipe.look(grey)));
    }
}
