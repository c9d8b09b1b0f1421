package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A picture becomes what a model of any shape reads")
class PreparationTest {
    @TempDir
    Path directory = Path.of("");

    /** Blue, then a square of red and green in the middle, then white; twice as wide as high. */
    private Path wide(int height) throws IOException {
        BufferedImage image = new BufferedImage(2 * height, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < 2 * height; x++) {
                boolean middle = x >= height / 2 && x < height + height / 2;
                image.setRGB(x, y, middle ? y < height / 2 ? 0xFF0000 : 0x00FF00 : x < height ? 0x0000FF : 0xFFFFFF);
            }
        }
        Path file = directory.resolve("wide.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    @DisplayName("Cropped, proportions stay: the square in the middle of a wide picture is all of the image")
    void cropped() throws IOException {
        for (int height : new int[] {8, 40, 6}) {
            ModelImage image = Preparation.CROPPED.read(wide(height), Shape.of(3, 8, 8));
            for (int i = 0; i < 64; i++) {
                assertThat(image.rgb(i % 8, i / 8)).as("%d of %d", i, height).isEqualTo(i < 32 ? 0xFF0000 : 0x00FF00);
            }
        }
    }

    @Test
    @DisplayName("Stretched, all of the picture is in the image")
    void stretched() throws IOException {
        ModelImage image = Preparation.STRETCHED.read(wide(40), Shape.of(3, 4, 4));
        assertThat(image.rgb(0, 0)).isEqualTo(0x0000FF);
        assertThat(image.rgb(1, 0)).isEqualTo(0xFF0000);
        assertThat(image.rgb(2, 3)).isEqualTo(0x00FF00);
        assertThat(image.rgb(3, 3)).isEqualTo(0xFFFFFF);
    }

    @Test
    @DisplayName("A grey image has one channel, and a grey picture three equal colours")
    void channels() throws IOException {
        ModelImage luma = Preparation.CROPPED.read(wide(8), Shape.of(3, 8, 8)).as(Shape.of(1, 8, 8));
        assertThat(luma.luma(0, 0)).isEqualTo(76);
        assertThat(luma.luma(0, 7)).isEqualTo(150);
        GreyPicture grey = GreyPicture.of(2, 2, new byte[] {10, 20, 30, (byte) 240}, "grey");
        assertThat(Preparation.CROPPED.of(grey, Shape.of(3, 2, 2)).rgb(1, 1)).isEqualTo(0xF0F0F0);
    }

    @Test
    @DisplayName("A digit is found and centred for any shape, and what was made for a model is read as it is")
    void digits() throws IOException {
        Path seven = new Drawing(200, 120).write(directory.resolve("drawn.png"));
        DigitImage digit = DigitImage.read(seven);
        assertThat(Preparation.MNIST.read(seven, Shape.of(1, 28, 28))).isEqualTo(ModelImage.of(digit));
        ModelImage large = Preparation.MNIST.read(seven, Shape.of(1, 56, 56));
        assertThat(large.luma(28, 30)).isEqualTo(ModelImage.of(digit).luma(14, 15));
        byte[] pixels = large.pixels().clone();
        pixels[28 * 56 + 5] = 99;
        assertThat(Preparation.MNIST
                        .of(GreyPicture.of(56, 56, pixels, "made"), Shape.of(1, 56, 56))
                        .pixels())
                .isEqualTo(pixels);
        assertThatThrownBy(() ->
                        Preparation.MNIST.of(GreyPicture.of(56, 56, new byte[56 * 56], "blank"), Shape.of(1, 56, 56)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("a blank one");
    }

    @Test
    @DisplayName("Other numbers of channels are refused, as no picture has them")
    void otherChannels() {
        byte[] bytes = new byte[0];
        assertThatThrownBy(() -> Preparation.CROPPED.read(bytes, "picture", Shape.of(2, 8, 8)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("of 1 or 3 channels, received one of [2, 8, 8]");
        assertThatThrownBy(() -> Preparation.CROPPED.read(bytes, "picture", Shape.of(784)))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    @DisplayName("Transparent parts of a coloured picture lie on white, and grey ones stay as they are stored")
    void transparent() throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, 0xFF0000C0);
        Path file = directory.resolve("transparent.png");
        ImageIO.write(image, "png", file.toFile());
        ModelImage seen = Preparation.CROPPED.read(Files.readAllBytes(file), "transparent", Shape.of(3, 4, 4));
        assertThat(seen.rgb(0, 0)).isEqualTo(0xFFFFFF);
        assertThat(seen.rgb(1, 1)).isEqualTo(0x0000C0);
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(2, 2, 0, 100);
        assertThat(ColourPicture.of(grey, "grey").isGrey()).isTrue();
        assertThat(ColourPicture.of(grey, "grey").planes().get(2).at(2, 2)).isEqualTo(100);
        assertThat(ColourPicture.of(image, "blue").isGrey()).isFalse();
    }
}
