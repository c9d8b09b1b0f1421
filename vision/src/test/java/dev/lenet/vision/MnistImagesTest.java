package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.IdxFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistImagesTest {
    private static final Path MNIST = Path.of("../data/mnist/t10k-images-idx3-ubyte.gz");

    private final Path directory;

    MnistImagesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif"})
    void imagesOfMnistComeBackBitForBit(String format) throws IOException {
        IdxFile images = IdxFile.images(MNIST);
        for (int image = 0; image < 10_000; image += 97) {
            byte[] pixels = Arrays.copyOfRange(images.values(), image * 784, (image + 1) * 784);
            for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
                Path file = Drawing.write(mnist(pixels, type), directory.resolve("mnist." + format));
                assertThat(DigitImage.read(file).pixels())
                        .as("test image %d", image)
                        .isEqualTo(pixels);
            }
        }
    }

    @Test
    void imagesOfMnistComeBackFromPicturesOnPaper() throws IOException {
        IdxFile images = IdxFile.images(MNIST);
        double worst = 1;
        double sum = 0;
        int count = 0;
        for (int image = 0; image < 10_000; image += 331) {
            byte[] pixels = Arrays.copyOfRange(images.values(), image * 784, (image + 1) * 784);
            BufferedImage paper = new BufferedImage(400, 420, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 420; y++) {
                for (int x = 0; x < 400; x++) {
                    // Ten times as large, ink of 40 on paper of 210, off the middle.
                    boolean inside = x >= 80 && x < 360 && y >= 20 && y < 300;
                    int ink = inside ? pixels[(y - 20) / 10 * 28 + (x - 80) / 10] & 0xFF : 0;
                    int grey = 210 - 170 * ink / 255;
                    paper.setRGB(x, y, grey << 16 | grey << 8 | grey);
                }
            }
            DigitImage digit = DigitImage.read(Drawing.write(paper, directory.resolve("paper.png")));
            double similarity = Drawing.similarity(digit, new DigitImage(pixels));
            worst = Math.min(worst, similarity);
            sum += similarity;
            count++;
        }
        // Not 1: the faint rim of a stroke counts as paper, so some digits come out a pixel larger or to the side.
        assertThat(sum / count).isGreaterThan(0.97);
        assertThat(worst).isGreaterThan(0.65);
    }

    @Test
    void anImageOfItsSizeThatIsDarkOnLightIsInverted() throws IOException {
        byte[] pixels = Arrays.copyOfRange(IdxFile.images(MNIST).values(), 0, 784);
        byte[] inverted = new byte[784];
        for (int i = 0; i < 784; i++) {
            inverted[i] = (byte) ~pixels[i];
        }

        DigitImage digit = DigitImage.read(
                Drawing.write(mnist(inverted, BufferedImage.TYPE_BYTE_GRAY), directory.resolve("inverted.png")));

        assertThat(Drawing.similarity(digit, new DigitImage(pixels))).isGreaterThan(0.97);
    }

    private static BufferedImage mnist(byte[] pixels, int type) {
        BufferedImage image = new BufferedImage(28, 28, type);
        for (int i = 0; i < 784; i++) {
            for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                image.getRaster().setSample(i % 28, i / 28, band, pixels[i] & 0xFF);
            }
        }
        return image;
    }
}
