package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitImageTest {
    private static final String BLANK = ": expected a picture of a digit, received a blank one, in which nothing stands"
            + " out from the background. Write with a darker pen, or crop the picture to the digit.";

    private final Path directory;

    DigitImageTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "100, 150, 20, 20, 1",
        "100, 150, 40, 50, 0.5",
        "30, 30, 3, 2, 0.25",
        "17, 24, 1, 1, 0.2",
        "28, 28, 5, 2, 0.2",
        "640, 480, 300, 5, 2",
        "1500, 2000, 300, 300, 9",
        "3000, 200, 2500, 50, 1",
    })
    void hasTheProportionsOfMnist(int width, int height, double left, double top, double size) throws IOException {
        DigitImage digit = read(new Drawing(width, height).at(left, top, size));

        checkProportions(digit);
        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.94);
    }

    @Test
    void inkOfAProgramIsCroppedScaledAndCentredAsThatOfAPicture() {
        byte[] ink = new byte[60 * 90];
        for (int y = 20; y < 60; y++) {
            for (int x = 30; x < 34; x++) {
                ink[y * 60 + x] = (byte) 200;
            }
        }

        DigitImage digit = DigitImage.ofInk(ink, 60, 90).orElseThrow();

        byte[] expected = new byte[28 * 28];
        for (int y = 5; y < 25; y++) {
            for (int x = 14; x < 16; x++) {
                expected[y * 28 + x] = (byte) 255;
            }
        }
        assertThat(digit.pixels()).isEqualTo(expected);
        assertThat(DigitImage.ofInk(new byte[60 * 90], 60, 90)).isEmpty();
        assertThatThrownBy(() -> DigitImage.ofInk(ink, 60, 91))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DigitImage: expected 60 x 91 pixels, received 5400 values");
    }

    @Test
    void sittingElsewhereOnTheSheetChangesNothing() throws IOException {
        DigitImage there = read(new Drawing(200, 200).at(11, 7, 1));

        assertThat(read(new Drawing(200, 200).at(120, 83, 1)).pixels()).isEqualTo(there.pixels());
    }

    @Test
    void twiceTheSizeChangesNearlyNothing() throws IOException {
        DigitImage small = read(new Drawing(150, 150).at(20, 20, 1));
        DigitImage large = read(new Drawing(300, 300).at(40, 40, 2));

        assertThat(Drawing.similarity(small, large)).isGreaterThan(0.995);
    }

    @Test
    void lightInkOnDarkPaperGivesTheSame() throws IOException {
        DigitImage inverted =
                read(new Drawing(150, 150).at(20, 20, 1).on(Color.BLACK).with(Color.WHITE));

        checkProportions(inverted);
        assertThat(Drawing.similarity(inverted, standard())).isGreaterThan(0.995);
    }

    @ParameterizedTest
    @CsvSource({
        "0x000080, 0xFFFFFF",
        "0xC00000, 0xF0E8D0",
        "0x404040, 0xA0A0A0",
        "0x606060, 0x909090",
        "0xFFFF00, 0x000060",
        "0xB0B0B0, 0x707070",
    })
    void anyInkOnAnyPaperGivesTheSame(String ink, String paper) throws IOException {
        DigitImage digit =
                read(new Drawing(150, 150).at(20, 20, 1).on(Color.decode(paper)).with(Color.decode(ink)));

        checkProportions(digit);
        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "jpeg"})
    void everyFormatGivesTheSame(String format) throws IOException {
        Path file = new Drawing(150, 150).at(20, 20, 1).write(directory.resolve("digit." + format));

        assertThat(Drawing.similarity(DigitImage.read(file), standard())).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
            })
    void everyKindOfPixelGivesTheSame(int type) throws IOException {
        DigitImage digit = read(new Drawing(150, 150).at(20, 20, 1).as(type));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.98);
    }

    @Test
    void transparentPaperIsWhite() throws IOException {
        DigitImage digit = read(new Drawing(150, 150)
                .at(20, 20, 1)
                .as(BufferedImage.TYPE_INT_ARGB)
                .on(new Color(0, 0, 0, 0)));

        assertThat(digit.pixels()).isEqualTo(standard().pixels());
    }

    @Test
    void specksOfDustAreRemoved() throws IOException {
        BufferedImage dusty = new Drawing(300, 300).at(100, 100, 1).image();
        for (int[] speck : new int[][] {{5, 7}, {290, 20}, {30, 280}, {292, 291}}) {
            dusty.setRGB(speck[0], speck[1], 0);
            dusty.setRGB(speck[0] + 1, speck[1], 0);
        }

        DigitImage digit = DigitImage.read(Drawing.write(dusty, directory.resolve("dusty.png")));

        assertThat(Drawing.similarity(digit, standard())).isGreaterThan(0.995);
    }

    @Test
    void aDigitOfTwoPiecesKeepsBoth() throws IOException {
        BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.fillRect(0, 0, 100, 100);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(20, 10, 40, 10);
        graphics.fillRect(20, 30, 10, 60);
        graphics.dispose();

        DigitImage digit = DigitImage.read(Drawing.write(image, directory.resolve("pieces.png")));

        // Boxes of 40 x 80 and, in it, a bar of 40 x 10: 10 x 20 and 10 x 2.5 pixels.
        int[] box = box(digit);
        assertThat(box[2] - box[0]).isEqualTo(10);
        assertThat(box[3] - box[1]).isEqualTo(20);
        assertThat(pixel(digit, box[2] - 1, box[1])).isEqualTo(255);
        assertThat(pixel(digit, box[2] - 1, box[1] + 4)).isEqualTo(0);
    }

    @Test
    void averagingIsExact() throws IOException {
        // Every new pixel is the mean of 2 x 2 old ones, or of 1.9 x 2.
        BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.fillRect(0, 0, 60, 60);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(10, 10, 19, 40);
        graphics.dispose();

        DigitImage digit = DigitImage.read(Drawing.write(image, directory.resolve("bar.png")));

        // 19 x 40 becomes 10 x 20 (9.5 rounded): all white, its middle (4.5, 9.5) moved to 14, halves rounded up.
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                assertThat(pixel(digit, x, y)).isEqualTo(x >= 10 && x < 20 && y >= 5 && y < 25 ? 255 : 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 60, 1, 20", "60, 2, 20, 1", "1, 1, 20, 20", "400, 1, 20, 1"})
    void linesAndDotsFitTheBox(int width, int height, int boxWidth, int boxHeight) throws IOException {
        BufferedImage image = new BufferedImage(500, 500, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(40, 50, width, height);
        graphics.dispose();

        int[] box = box(DigitImage.read(Drawing.write(image, directory.resolve("line.png"))));

        assertThat(box[2] - box[0]).isEqualTo(boxWidth);
        assertThat(box[3] - box[1]).isEqualTo(boxHeight);
    }

    @Test
    void blankPicturesAreRefused() throws IOException {
        blank(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY));
        blank(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY));
        blank(new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB));
        blank(new Drawing(100, 100).with(Color.WHITE).image());
        blank(new Drawing(100, 100).with(new Color(240, 240, 240)).image());

        BufferedImage grain = new BufferedImage(1200, 1200, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(2);
        for (int y = 0; y < 1200; y++) {
            for (int x = 0; x < 1200; x++) {
                grain.getRaster().setSample(x, y, 0, (int) (200 + 10 * random.nextGaussian()));
            }
        }
        blank(grain);
    }

    @Test
    void hasExactlySevenHundredAndEightyFourPixels() {
        assertThatThrownBy(() -> new DigitImage(new byte[783]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DigitImage: expected 784 pixels, received 783");
    }

    private void blank(BufferedImage image) throws IOException {
        Path file = Drawing.write(image, directory.resolve("blank.png"));
        assertThatThrownBy(() -> DigitImage.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + BLANK);
    }

    private DigitImage read(Drawing drawing) throws IOException {
        return DigitImage.read(drawing.write(directory.resolve("digit.png")));
    }

    /** What all drawings of the seven should come to. */
    private DigitImage standard() throws IOException {
        return read(new Drawing(150, 150).at(20, 20, 1));
    }

    /** The longer side of the box is 20, the centre of mass within half a pixel of index 14, the lightest is white. */
    private static void checkProportions(DigitImage digit) {
        int[] box = box(digit);
        assertThat(Math.max(box[2] - box[0], box[3] - box[1])).isEqualTo(20);
        double mass = 0;
        double momentX = 0;
        double momentY = 0;
        int most = 0;
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                int value = pixel(digit, x, y);
                mass += value;
                momentX += x * value;
                momentY += y * value;
                most = Math.max(most, value);
            }
        }
        // The pixels are rounded after centring: a little more than half.
        assertThat(momentX / mass).isBetween(13.49, 14.51);
        assertThat(momentY / mass).isBetween(13.49, 14.51);
        assertThat(most).isEqualTo(255);
        // A seven is mostly background.
        assertThat(mass / 784).isLessThan(100);
    }

    private static int[] box(DigitImage digit) {
        int[] box = {28, 28, 0, 0};
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                if (pixel(digit, x, y) > 0) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x + 1);
                    box[3] = Math.max(box[3], y + 1);
                }
            }
        }
        return box;
    }

    private static int pixel(DigitImage digit, int x, int y) {
        return digit.pixels()[y * 28 + x] & 0xFF;
    }
}
