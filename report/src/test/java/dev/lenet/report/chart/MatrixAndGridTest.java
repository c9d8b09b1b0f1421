package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.ConfusionMatrix.Confusion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Matrices, grids and maps show what they were given. */
class MatrixAndGridTest {
    /** One image of 28x28, black but for a white pixel at the top left; it is a 1 of three classes. */
    private static ImageDataset corner() {
        byte[] pixels = new byte[28 * 28];
        pixels[0] = (byte) 255;
        return new ImageDataset(Shape.of(1, 28, 28), pixels, new byte[] {1}, 3, new Normalization(0.1, 0.3));
    }

    @Test
    void aMistakeIsInTheRowOfTheTrueClassAndTheColumnOfThePredictedOne() {
        ConfusionMatrix matrix = new ConfusionMatrix(new Evaluation(3, 0.1, new int[][] {{1, 1}, {0, 1}}));

        // The names are one digit wide, so that the cells begin at (58, 68), and are 52 wide.
        assertThat(Pixels.count(matrix, 0xE69598, 58 + 52, 68, 58 + 104, 68 + 52))
                .as("row 0, column 1, half as strong as a mistake's colour")
                .isGreaterThan(5000);
        assertThat(Pixels.count(matrix, 0xE69598, 58, 68 + 52, 58 + 52, 68 + 104))
                .as("row 1, column 0")
                .isZero();
    }

    @Test
    void confusionsComeWithTheMostFrequentFirst() {
        ConfusionMatrix matrix =
                new ConfusionMatrix(new Evaluation(120, 0.1, new int[][] {{9, 1, 0}, {100, 5, 0}, {0, 0, 5}}));

        assertThat(matrix.confusions()).containsExactly(new Confusion(1, 0, 100), new Confusion(0, 1, 1));
        assertThat(matrix.strength(1)).isCloseTo(0.15, within(1e-12));
        assertThat(matrix.strength(10)).isCloseTo(0.5, within(1e-12));
        assertThat(matrix.strength(100)).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void aMatrixNeedsANameForEachClass() {
        Evaluation evaluation = new Evaluation(1, 0.1, new int[][] {{1, 0}, {0, 0}});

        assertThatThrownBy(() -> new ConfusionMatrix(evaluation, ClassNames.numbered(3, 0)))
                .hasMessageContaining("expected names of 2 classes, received 3");
    }

    @Test
    void anImageIsShownAsItIsStored() {
        ImageGrid grid = new ImageGrid(10).add(corner(), 0, "");

        // A pixel of the image is two wide and high on the page, so four by four in the picture.
        assertThat(Pixels.count(grid, 0x000000, 0, 0, 76, 76)).isEqualTo(16 * (28 * 28 - 1));
    }

    @Test
    void theTwoLikeliestClassesAreBarsAndTheTrueOneIsBlue() {
        ImageGrid grid = new ImageGrid(4).add(corner(), 0, "", new double[] {0.75, 0.25, 0});

        int right = Pixels.count(grid, ColorRole.FIRST);
        int wrong = Pixels.count(grid, ColorRole.WRONG);
        assertThat(right).isPositive();
        assertThat((double) wrong / right).as("three times as long").isBetween(2.6, 3.4);
    }

    @Test
    void aWrongPredictionIsRedAndSaysTheTrueClass() {
        Predictions predictions = Predictions.of(corner(), new float[] {5, 0, 0});
        String svg = new ImageGrid(4)
                .names(new ClassNames(List.of("zero", "one", "two")))
                .add(predictions, 0)
                .svg();

        assertThat(svg).contains(">zero (98.7 %)<", ">is one<", "fill:var(--wrong");
    }

    @Test
    void whatDoesNotFitOnALineHasTwo() {
        Predictions predictions = Predictions.of(corner(), new float[] {5, 0, 0});
        String svg = new ImageGrid(10)
                .names(new ClassNames(List.of("ankle boot", "one", "two")))
                .add(predictions, 0)
                .svg();

        assertThat(svg).contains(">ankle boot<", ">(98.7 %)<");
    }

    @Test
    void noProbabilityIsWrittenAsCertain() {
        assertThat(ImageGrid.probability(1)).isEqualTo("99.9 %");
        assertThat(ImageGrid.probability(0.99987)).isEqualTo("99.9 %");
        assertThat(ImageGrid.probability(0.5)).isEqualTo("50.0 %");
        assertThat(ImageGrid.probability(0.00001)).isEqualTo("< 0.1 %");
    }

    @Test
    void mapsOfALayerShareItsScale() {
        FeatureMaps maps = new FeatureMaps().add("layer", Shape.of(2, 1, 1), new float[] {-3, 3});

        assertThat(Pixels.count(maps, 0x2A4FA8, 96, 0, 180, 100)).as("blue").isEqualTo(84 * 84 * 4);
        assertThat(Pixels.count(maps, 0xA8262C, 184, 0, 268, 100)).as("red").isEqualTo(84 * 84 * 4);
    }

    @Test
    void mapsNeedTheValuesOfTheirShape() {
        assertThatThrownBy(() -> new FeatureMaps().add("conv1", Shape.of(2, 2, 2), new float[7]))
                .hasMessageContaining("conv1", "[2, 2, 2]", "7 values");
    }

    @Test
    void aThumbnailUndoesTheNormalisation() {
        ImageDataset images = corner();

        assertThat(Thumbnail.of(images, 0, images.normalization()).pixels())
                .isEqualTo(Thumbnail.of(images, 0).pixels());
    }

    @Test
    void coloursAreShownAndOtherChannelsRefused() throws IOException {
        byte[] pixels = {10, 20, 30, 40, 50, 60};
        ImageDataset coloured = new ImageDataset(Shape.of(3, 1, 2), pixels, new byte[] {0}, 1, new Normalization(0, 1));
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(Thumbnail.of(coloured, 0).png()));
        assertThat(read.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x0A1E32);
        assertThat(read.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x14283C);
        assertThat(new ImageGrid(1).add(coloured, 0, "wide").png()).isNotEmpty();

        ImageDataset two = new ImageDataset(Shape.of(2, 2, 2), new byte[8], new byte[] {0}, 1, new Normalization(0, 1));
        assertThatThrownBy(() -> Thumbnail.of(two, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 2, 2]");
    }
}
