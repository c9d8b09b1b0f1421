package dev.lenet.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Evaluation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

class PictureTest {
    /** One image, black but for a white pixel at the top left; it is a 1. */
    private static ImageDataset corner() {
        byte[] pixels = new byte[28 * 28];
        pixels[0] = (byte) 255;
        return new ImageDataset(Shape.of(1, 28, 28), pixels, new byte[] {1}, 3, new Normalization(0.1, 0.3));
    }

    @Test
    void aCurveGoesWhereItsNumbersAre() {
        Curve curve = new Curve("rising");
        curve.add(0, 0);
        curve.add(10, 100);
        Picture chart = new Chart("x", "y").line(curve).between(0, 100).picture();

        assertThat(count(chart, Palette.BLUE, 46, 200, 60, 232))
                .as("bottom left")
                .isPositive();
        assertThat(count(chart, Palette.BLUE, 390, 125, 400, 145)).as("middle").isPositive();
        assertThat(count(chart, Palette.BLUE, 728, 30, 744, 60)).as("top right").isPositive();
        assertThat(count(chart, Palette.BLUE, 46, 30, 380, 120)).as("top left").isZero();
        assertThat(count(chart, Palette.BLUE, 420, 160, 744, 229))
                .as("bottom right")
                .isZero();
    }

    @Test
    void whatIsBelowTheChartIsNotDrawnOverItsAxis() {
        Curve curve = new Curve("too low");
        curve.add(0, -50);
        curve.add(10, -60);
        assertThat(count(new Chart("x", "y").line(curve).between(0, 100).picture(), Palette.BLUE, 0, 0, 760, 270))
                .isZero();
    }

    @Test
    void aCurveIsSmoothedByTheMeanOfTheLastPoints() {
        Curve curve = new Curve("steps");
        for (int i = 1; i <= 5; i++) {
            curve.add(i, i * i);
        }
        assertThat(curve.smoothed(2).points().stream().map(Curve.Point::y)).containsExactly(1.0, 2.5, 6.5, 12.5, 20.5);
        assertThat(curve.end()).isEqualTo(5);
    }

    @Test
    void aDigitIsInkOnATile() {
        Picture picture = new DigitGrid(10).add(corner(), 0, "").picture();
        // A pixel of the image is two wide and high, and the first is white: ink.
        assertThat(count(picture, Palette.INK, 0, 0, 76, 76)).isEqualTo(16);
        assertThat(count(picture, Palette.TILE, 0, 0, 76, 76)).isEqualTo(16 * (28 * 28 - 1));
    }

    @Test
    void theTwoLikeliestClassesAreBarsAndTheRightOneIsBlue() {
        Picture picture = new DigitGrid(10)
                .add(corner(), 0, "", new double[] {0.75, 0.25, 0})
                .picture();
        int wrong = count(picture, Palette.ORANGE, 17, 70, 50, 130);
        int right = count(picture, Palette.BLUE, 17, 70, 50, 130);
        assertThat(right).isPositive();
        assertThat((double) wrong / right).as("three times as long").isBetween(2.6, 3.4);
    }

    @Test
    void aNegativeValueIsOrangeAndAPositiveOneBlue() {
        Picture picture = new FeatureMaps()
                .add("layer", Shape.of(2, 1, 1), new float[] {-3, 3})
                .picture();
        assertThat(count(picture, Palette.ORANGE, 96, 0, 180, 100)).isEqualTo(84 * 84 * 4);
        assertThat(count(picture, Palette.BLUE, 184, 0, 268, 100)).isEqualTo(84 * 84 * 4);
    }

    @Test
    void aMistakeStandsInTheRowOfWhatWasWrittenAndTheColumnOfWhatWasRead() {
        Picture picture = new ConfusionMatrix(new Evaluation(3, 0.1, new int[][] {{1, 1}, {0, 1}})).picture();
        Color mistake = Palette.mix(Palette.TILE, Palette.ORANGE, 0.9);
        assertThat(count(picture, mistake, 64 + 38, 48, 64 + 76, 48 + 38)).isPositive();
        assertThat(count(picture, mistake, 64, 48 + 38, 64 + 38, 48 + 76)).isZero();
    }

    @Test
    void pngKeepsSizeAndTheColoursThatMatter() throws IOException {
        Picture picture = new ConfusionMatrix(new Evaluation(3, 0.1, new int[][] {{1, 1}, {0, 1}})).picture();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertThat(read.getWidth()).isEqualTo(2 * picture.width());
        assertThat(read.getHeight()).isEqualTo(2 * picture.height());
        for (Color colour : List.of(Palette.PAPER, Palette.TILE, Palette.mix(Palette.TILE, Palette.ORANGE, 0.9))) {
            // Edges of letters may have become one of them.
            assertThat(count(new Picture(read, ""), colour, 0, 0, 1000, 1000))
                    .isGreaterThanOrEqualTo(count(picture, colour, 0, 0, 1000, 1000))
                    .isPositive();
        }
    }

    @Test
    void pngHasTheNearestColourWhereThereAreMoreThanItsPaletteHolds() throws IOException {
        BufferedImage shades = new BufferedImage(256, 20, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 256; x++) {
            // Once each, and hardly different from a colour that is there nineteen times.
            shades.setRGB(x, 0, new Color(x, 255 - x, 1).getRGB());
            for (int y = 1; y < 20; y++) {
                shades.setRGB(x, y, new Color(x, 255 - x, 0).getRGB());
            }
        }
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(new Picture(shades, "").png()));
        assertThat(read.getColorModel().getPixelSize()).isEqualTo(8);
        for (int x = 0; x < 256; x++) {
            assertThat(new Color(read.getRGB(x, 0))).isEqualTo(new Color(x, 255 - x, 0));
            assertThat(new Color(read.getRGB(x, 1))).isEqualTo(new Color(x, 255 - x, 0));
        }
    }

    @Test
    void picturesBesideEachOtherAreOne() {
        Picture both = new Chart("x", "left").half().beside(new Chart("x", "right").half());
        assertThat(both.width()).isEqualTo(new Chart("x", "y").picture().width());
        assertThat(both.text()).contains("left").contains("right");
    }

    @Test
    void theKernelFindsHowToShowAPicture() {
        Picture picture = new Chart("step", "loss").picture();
        DisplayData shown = ServiceLoader.load(DisplayProvider.class)
                .findFirst()
                .orElseThrow()
                .getDisplayRenderers()
                .get(0)
                .render(null, picture);
        assertThat(Base64.getDecoder().decode((String) shown.data().get("image/png")))
                .isEqualTo(picture.png());
        assertThat(shown.data().get("text/plain")).isEqualTo("Chart of loss by step: ");
        assertThat(shown.metadata().get("image/png")).isEqualTo(Map.of("width", 760, "height", 270));
    }

    /** Pixels of exactly that colour in a rectangle given in CSS pixels. */
    private static int count(Picture picture, Color colour, int left, int top, int right, int bottom) {
        int count = 0;
        for (int y = 2 * top; y < Math.min(2 * bottom, picture.image().getHeight()); y++) {
            for (int x = 2 * left; x < Math.min(2 * right, picture.image().getWidth()); x++) {
                count += picture.image().getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
