package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {
    private static final Augmentation ALL = new Augmentation(2, 15, 0.15, 0.2, 0.1, 3, 4);
    private static final Shape SHAPE = Shape.of(1, 28, 28);
    private static final int DRAWS = 20_000;

    @Test
    void noneIsTheDataSetItself() {
        Dataset dataset = images(3);

        assertThat(Augmentation.NONE.augment(dataset, 1, 1)).isSameAs(dataset);
        assertThat(Augmentation.NONE.isNone()).isTrue();
        assertThat(new Augmentation(0, 0, 0, 0, 0, 0, 7).isNone()).isTrue();
    }

    @Test
    void eachRangeAloneDistorts() {
        for (int i = 0; i < 6; i++) {
            double[] r = new double[6];
            r[i] = 0.5;
            Augmentation augmentation = new Augmentation(r[0], 10 * r[1], r[2], r[3], r[4], r[5], 4);

            assertThat(augmentation.isNone()).isFalse();
            assertThat(read(augmentation.augment(images(1), 1, 1), 0))
                    .as("%s", augmentation)
                    .isNotEqualTo(read(images(1), 0));
        }
    }

    @Test
    void drawsCoverTheirRangesEvenly() {
        assertEven(Distortion::shiftX, 2);
        assertEven(Distortion::shiftY, 2);
        assertEven(Distortion::rotation, 15);
        assertEven(Distortion::shear, 0.2);
        assertEven(d -> Math.sqrt(d.width() * d.height()) - 1, 0.15);
        assertEven(d -> Math.sqrt(d.width() / d.height()) - 1, 0.1);
    }

    private static void assertEven(ToDoubleFunction<Distortion> what, double range) {
        double[] values = IntStream.range(0, DRAWS)
                .mapToDouble(row -> what.applyAsDouble(
                        Distortion.draw(ALL, RandomStream.of(7, "draws").substream(row))))
                .sorted()
                .toArray();
        double rounding = 0x1p-50;
        assertThat(values[0]).isBetween(-range - rounding, -0.998 * range);
        assertThat(values[DRAWS - 1]).isBetween(0.998 * range, range + rounding);
        // Kolmogorov and Smirnov: above 1.95 / sqrt(n) once in a thousand.
        for (int i = 0; i < DRAWS; i++) {
            assertThat((values[i] / range + 1) / 2).isCloseTo((i + 0.5) / DRAWS, within(1.95 / Math.sqrt(DRAWS)));
        }
    }

    @Test
    void drawsAreIndependentOfEachOther() {
        for (int a = 0; a < Distortion.DRAWS; a++) {
            for (int b = 0; b < a; b++) {
                double product = 0;
                for (int row = 0; row < DRAWS; row++) {
                    RandomStream image = RandomStream.of(7, "draws").substream(row);
                    product += Distortion.symmetric(image, a) * Distortion.symmetric(image, b);
                }
                // A product's deviation is 1/3; four deviations of the mean.
                assertThat(product / DRAWS).as("%d and %d", a, b).isCloseTo(0, within(4 / 3.0 / Math.sqrt(DRAWS)));
            }
        }
    }

    @Test
    void oneRangeDoesNotChangeWhatIsDrawnForAnother() {
        RandomStream image = RandomStream.of(3, "image");
        Distortion all = Distortion.draw(ALL, image);

        Distortion turned = Distortion.draw(new Augmentation(0, 15, 0, 0, 0, 0, 4), image);
        assertThat(turned.rotation()).isEqualTo(all.rotation());
        Distortion sheared = Distortion.draw(new Augmentation(2, 0, 0, 0.2, 0, 5, 9), image);
        assertThat(sheared.shiftX()).isEqualTo(all.shiftX());
        assertThat(sheared.shiftY()).isEqualTo(all.shiftY());
        assertThat(sheared.shear()).isEqualTo(all.shear());
        Distortion scaled = Distortion.draw(new Augmentation(0, 0, 0.15, 0, 0.1, 0, 4), image);
        assertThat(scaled.width()).isEqualTo(all.width());
        assertThat(scaled.height()).isEqualTo(all.height());
    }

    @Test
    void aFlipExchangesLeftAndRightOfAsManyImagesAsItSaysAndChangesNoOtherDraw() {
        float[] image = read(images(1), 0);
        int width = images(1).exampleShape().dimension(2);
        float[] mirrored = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            mirrored[i] = image[i - i % width + width - 1 - i % width];
        }
        assertThat(mirrored).isNotEqualTo(image);
        assertThat(read(Augmentation.NONE.withFlip(1).augment(images(1), 5, 2), 0))
                .containsExactly(mirrored);

        int flipped = 0;
        for (int row = 0; row < DRAWS; row++) {
            RandomStream stream = RandomStream.of(7, "draws").substream(row);
            Distortion drawn = Distortion.draw(ALL.withFlip(0.3), stream);
            Distortion plain = Distortion.draw(ALL, stream);
            flipped += drawn.width() < 0 ? 1 : 0;
            assertThat(Math.abs(drawn.width())).isEqualTo(plain.width());
            assertThat(drawn.shear()).isEqualTo(plain.shear());
        }
        // Four deviations of a binomial distribution.
        assertThat(flipped / (double) DRAWS).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / DRAWS)));
        assertThat(Augmentation.NONE.withFlip(0.1).isNone()).isFalse();
        assertThatThrownBy(() -> Augmentation.NONE.withFlip(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a flip from 0 to 1, received 1.1");
    }

    @Test
    void anImageDependsOnSeedEpochAndRowAlone() {
        float[] first = read(ALL.augment(images(3), 5, 2), 1);

        assertThat(read(ALL.augment(images(3), 5, 2), 1)).containsExactly(first);
        // All rows hold the same picture here.
        assertThat(read(ALL.augment(images(3), 5, 2), 0)).isNotEqualTo(first);
        assertThat(read(ALL.augment(images(3), 5, 1), 1)).isNotEqualTo(first);
        assertThat(read(ALL.augment(images(3), 6, 2), 1)).isNotEqualTo(first);
    }

    @Test
    void anyNumberOfThreadsInAnyOrderReadTheSame() {
        int rows = 500;
        Dataset augmented = ALL.augment(images(rows), 5, 2);
        float[][] inOrder =
                IntStream.range(0, rows).mapToObj(row -> read(augmented, row)).toArray(float[][]::new);
        int[] order = RandomStream.of(1, "order").permutation(rows);

        float[][] shuffled = Arrays.stream(order)
                .parallel()
                .mapToObj(row -> read(augmented, row))
                .toArray(float[][]::new);

        for (int i = 0; i < rows; i++) {
            assertThat(shuffled[i]).as("row %d", order[i]).containsExactly(inOrder[order[i]]);
        }
    }

    @Test
    void imagesAreTheSameOnEveryMachine() {
        Dataset augmented = ALL.augment(images(100), 42, 1);
        int hash = 0;
        for (int row = 0; row < 100; row++) {
            hash = 31 * hash + Arrays.hashCode(read(augmented, row));
        }

        // Pinned: another number is another training run for everybody.
        assertThat(hash).isEqualTo(-554632066);
    }

    @Test
    void labelsAndSizesStay() {
        Dataset augmented = ALL.augment(images(12), 5, 2);

        assertThat(IntStream.range(0, 12).map(augmented::label)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
        assertThat(augmented.size()).isEqualTo(12);
        assertThat(augmented.classes()).isEqualTo(10);
        assertThat(augmented.exampleShape()).isEqualTo(SHAPE);
    }

    @Test
    void whatComesInFromBeyondTheEdgeIsBlackAsNormalized() {
        byte[] white = new byte[SHAPE.size()];
        Arrays.fill(white, (byte) 255);
        Normalization normalization = new Normalization(0.1307, 0.3081);
        Dataset dataset = new ImageDataset(SHAPE, white, new byte[1], 10, normalization);
        float black = normalization.table()[0];

        Augmentation slant = new Augmentation(0, 0, 0, 1, 0, 0, 4);

        float[] image = read(slant.augment(dataset, 1, 1), 0);

        assertThat(read(slant.augment(dataset.select(new int[] {0}), 1, 1), 0)).containsExactly(image);
        // Slanted, the picture has left two of its corners.
        assertThat(image).contains(black).contains(normalization.table()[255]);
        boolean left = image[0] == black;
        assertThat(image[27] == black).isEqualTo(!left);
        assertThat(image[27 * 28] == black).isEqualTo(!left);
        assertThat(image[27 * 28 + 27] == black).isEqualTo(left);
    }

    @Test
    void whatSurroundsExamplesOfAnotherKindIsZero() {
        float[] ones = new float[SHAPE.size()];
        Arrays.fill(ones, 1);
        Dataset dataset = ArrayDataset.of(SHAPE, ones, new int[1], 10);

        float[] image = read(new Augmentation(0, 0, 0, 1, 0, 0, 4).augment(dataset, 1, 1), 0);

        assertThat(image).contains(1).contains(0);
        assertThat(image[0] == 0).isNotEqualTo(image[27] == 0);
    }

    @Test
    void aSelectionIsAugmentedByItsOwnRowNumbers() {
        Dataset selection = images(10).select(new int[] {7, 3});

        assertThat(read(ALL.augment(selection, 5, 2), 1)).containsExactly(read(ALL.augment(images(10), 5, 2), 1));
        assertThat(read(ALL.augment(images(10), 5, 2).select(new int[] {7, 3}), 1))
                .containsExactly(read(ALL.augment(images(10), 5, 2), 3));
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, a shift of 0 pixels or more",
        "0, NaN, a shift of 0 pixels or more",
        "0, Infinity, a shift of 0 pixels or more",
        "1, -0.1, a rotation from 0 to 180 degrees",
        "1, 180.5, a rotation from 0 to 180 degrees",
        "1, NaN, a rotation from 0 to 180 degrees",
        "2, -0.1, a scale from 0 to 0.5",
        "2, 0.6, a scale from 0 to 0.5",
        "2, NaN, a scale from 0 to 0.5",
        "3, -0.1, a shear from 0 to 1",
        "3, 1.1, a shear from 0 to 1",
        "3, NaN, a shear from 0 to 1",
        "4, -0.1, an aspect from 0 to 0.5",
        "4, 0.6, an aspect from 0 to 0.5",
        "4, NaN, an aspect from 0 to 0.5",
        "5, -1, an elastic amplitude of 0 pixels or more",
        "5, NaN, an elastic amplitude of 0 pixels or more",
        "5, Infinity, an elastic amplitude of 0 pixels or more",
        "6, 0.9, an elastic sigma of 1 pixel or more",
        "6, NaN, an elastic sigma of 1 pixel or more",
        "6, Infinity, an elastic sigma of 1 pixel or more"
    })
    void rangesOutOfRangeAreNamed(int component, double value, String expected) {
        double[] r = {0, 0, 0, 0, 0, 0, 4};
        r[component] = value;

        assertThatThrownBy(() -> new Augmentation(r[0], r[1], r[2], r[3], r[4], r[5], r[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Augmentation: expected " + expected + ", received " + value
                        + (component == 6 ? ". 4 is usual." : ". Use 0 for none."));
    }

    @Test
    void pixelsAreNotMovedByMoreThanTheImage() {
        Dataset narrow = new ImageDataset(Shape.of(1, 4, 9), new byte[36], new byte[1], 10, new Normalization(0, 1));

        assertThatThrownBy(() -> new Augmentation(4, 0, 0, 0, 0, 0, 4).augment(narrow, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Augmentation: expected a shift below the images' shorter side of 4 pixels, received 4.0."
                        + " Make it smaller.");
        assertThatThrownBy(() -> new Augmentation(3, 0, 0, 0, 0, 5, 4).augment(narrow, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Augmentation: expected an elastic amplitude below the images' shorter side of 4 pixels,"
                        + " received 5.0. Make it smaller.");
    }

    @Test
    void onlyImagesAreAugmented() {
        Dataset points = new ImageDataset(Shape.of(7), new byte[7], new byte[1], 10, new Normalization(0, 1));

        assertThatThrownBy(() -> ALL.augment(points, 1, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Augmentation: expected images of shape [channels, height, width], received [7]."
                        + " Augment images, or use no augmentation.");
    }

    /** The same picture in every row: a bright disc with a hole. */
    private static Dataset images(int rows) {
        byte[] pixels = new byte[rows * SHAPE.size()];
        byte[] labels = new byte[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = (byte) (row % 10);
            for (int i = 0; i < SHAPE.size(); i++) {
                int x = i % 28 - 15;
                int y = Math.floorDiv(i, 28) - 12;
                int square = x * x + y * y;
                pixels[row * SHAPE.size() + i] = (byte) (square > 9 && square < 81 ? 255 - 10 * (i % 5) : 0);
            }
        }
        return new ImageDataset(SHAPE, pixels, labels, 10, new Normalization(0.1307, 0.3081));
    }

    private static float[] read(Dataset dataset, int row) {
        float[] image = new float[dataset.exampleShape().size()];
        dataset.read(row, image, 0);
        return image;
    }
}
