package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Augmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsTest {
    private static final Normalization RAW = new Normalization(0, 1);

    @Test
    void imagesAreReadNormalizedAndUnsignedToTheirPlace() {
        byte[] pixels = {0, 51, (byte) 255, (byte) 128, 1, 2, 3, 4};
        ImageDataset images =
                new ImageDataset(Shape.of(1, 2, 2), pixels, new byte[] {3, 9}, 10, new Normalization(0.2, 0.5));
        float[] target = {-9, -9, -9, -9, -9, -9};

        images.read(0, target, 1);

        assertThat(target)
                .containsExactly(
                        -9, (float) (-0.2 / 0.5), 0, (float) (0.8 / 0.5), (float) ((128 / 255.0 - 0.2) / 0.5), -9);
        assertThat(images.size()).isEqualTo(2);
        assertThat(images.classes()).isEqualTo(10);
        assertThat(images.exampleShape()).isEqualTo(Shape.of(1, 2, 2));
        assertThat(images.label(1)).isEqualTo(9);
        assertThat(images.pixel(0, 2)).isEqualTo(255);
        assertThat(images.pixel(1, 3)).isEqualTo(4);
    }

    @Test
    void imagesCanBeReadUnderAnotherNormalization() {
        ImageDataset images = new ImageDataset(Shape.of(1), new byte[] {51}, new byte[] {0}, 1, RAW);
        float[] target = new float[1];

        images.normalizedBy(new Normalization(0.1, 0.1)).read(0, target, 0);
        assertThat(target[0]).isEqualTo((float) ((51 / 255.0 - 0.1) / 0.1));

        images.read(0, target, 0);
        assertThat(target[0]).isEqualTo((float) (51 / 255.0));
    }

    @Test
    void labelsAreUnsigned() {
        ImageDataset images = new ImageDataset(Shape.of(1), new byte[1], new byte[] {(byte) 200}, 201, RAW);

        assertThat(images.label(0)).isEqualTo(200);
    }

    @Test
    void imagesNeedALabelEach() {
        assertThatThrownBy(() -> new ImageDataset(Shape.of(1, 2, 2), new byte[12], new byte[2], 10, RAW))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Images and labels: expected one label for each of the 3 images, received 2 labels."
                        + " Use two files that belong together.");
    }

    @Test
    void labelsOutOfRangeAreNamed() {
        for (int label : new int[] {10, 127, 128, 255}) {
            byte[] labels = {9, (byte) label, 0};
            assertThatThrownBy(() -> new ImageDataset(Shape.of(1), new byte[3], labels, 10, RAW))
                    .isInstanceOf(DatasetException.class)
                    .hasMessage("Label of example 1: expected 0 to 9, received " + label
                            + ". The label file is damaged, or for another task.");
        }
    }

    @Test
    void aNormalizationIsRoundedOnce() {
        float[] table = new Normalization(0.1306604762738429, 0.30810780717887876).table();

        assertThat(table).hasSize(256);
        for (int pixel = 0; pixel < 256; pixel++) {
            assertThat(table[pixel]).isEqualTo((float) ((pixel / 255.0 - 0.1306604762738429) / 0.30810780717887876));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "0, NaN", "0, Infinity", "NaN, 1", "-Infinity, 1"})
    void aNormalizationNeedsFiniteNumbersAndASpread(double mean, double std) {
        assertThatThrownBy(() -> new Normalization(mean, std))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Normalization: expected a finite mean and a std above 0, received mean " + mean
                        + " and std " + std + ". For raw pixels in [0, 1] use mean 0 and std 1.");
    }

    @Test
    void aNormalizationTakesMeanAndDeviationOfAllPixels() {
        // A mean of 51 with deviations of 51 and -51 on the first image, of 153 and -51, -51, -51 on the second.
        byte[] pixels = {0, 102, 0, 102, (byte) 204, 0, 0, 0};
        ImageDataset images = new ImageDataset(Shape.of(1, 2, 2), pixels, new byte[2], 1, new Normalization(0.7, 0.7));

        Normalization normalization = Normalization.of(images);

        assertThat(normalization).isEqualTo(new Normalization(0.2, Math.sqrt((7 * 51 * 51 + 153 * 153) / 8.0) / 255));
        assertThat(images.normalizedBy(normalization).normalization()).isEqualTo(normalization);
        byte[] reversed = {0, 0, 0, (byte) 204, 102, 0, 102, 0};
        assertThat(Normalization.of(new ImageDataset(Shape.of(1, 2, 2), reversed, new byte[2], 1, RAW)))
                .isEqualTo(normalization);
    }

    @Test
    void aNormalizationNeedsPixelsThatDiffer() {
        byte[] pixels = {(byte) 200, (byte) 200, (byte) 200, (byte) 200};
        assertThatThrownBy(() -> Normalization.of(new ImageDataset(Shape.of(1, 2, 1), pixels, new byte[2], 1, RAW)))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Normalization: expected images with pixels of more than one value, received 2 images whose"
                        + " pixels are all 200. Check the images, or give a mean and a std.");
        assertThatThrownBy(
                        () -> Normalization.of(new ImageDataset(Shape.of(1, 2, 1), new byte[0], new byte[0], 1, RAW)))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Normalization: expected images with pixels of more than one value, received 0 images."
                        + " Check the images, or give a mean and a std.");
    }

    @Test
    void aSelectionSeesTheRowsInItsOrder() {
        float[] values = {0, 1, 2, 3, 4, 5};
        for (Dataset six : List.of(numbers(6), ArrayDataset.of(Shape.of(1), values, new int[] {0, 1, 2, 3, 4, 5}, 6))) {
            int[] rows = {4, 4, 1};
            Dataset selection = six.select(rows);
            rows[0] = 0;

            assertThat(values(selection)).containsExactly(4f, 4f, 1f);
            assertThat(labels(selection)).containsExactly(4, 4, 1);
            assertThat(selection.classes()).isEqualTo(6);
            assertThat(selection.exampleShape()).isEqualTo(Shape.of(1));
            assertThat(values(selection.select(new int[] {2, 0}))).containsExactly(1f, 4f);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "6"})
    void aSelectionHasNoRowsThatThereAreNot(int row) {
        int[] rows = {0, row};
        Dataset floats = ArrayDataset.of(Shape.of(1), new float[6], new int[6], 1);

        assertThatThrownBy(() -> numbers(6).select(rows)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> floats.select(rows)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSelectionOfImagesKnowsWhichImagesItsRowsAre() {
        ImageDataset images = numbers(6);
        ImageRows selected = images.select(new int[] {5, 3, 1}).select(new int[] {2, 0});

        assertThat(selected.images()).isSameAs(images);
        assertThat(IntStream.range(0, selected.size()).map(selected::imageRow)).containsExactly(1, 5);
        assertThat(values(selected)).containsExactly(1f, 5f);
        assertThat(labels(selected)).containsExactly(1, 5);
        assertThat(images.imageRow(3)).isEqualTo(3);
    }

    @Test
    void onlyImagesAsTheyAreAreImagesInMemory() {
        Dataset floats = ArrayDataset.of(Shape.of(1), new float[6], new int[6], 1);
        Dataset images = new ImageDataset(Shape.of(1, 1, 1), new byte[1], new byte[1], 1, RAW);

        assertThat(floats.select(new int[] {1})).isNotInstanceOf(ImageRows.class);
        assertThat(new Augmentation(0, 10, 0, 0, 0, 0, 4).augment(images, 1, 1)).isNotInstanceOf(ImageRows.class);
        assertThat(Split.of(numbers(6), 2, 1).training()).isInstanceOf(ImageRows.class);
    }

    @Test
    void aSplitSharesOutEveryExampleOnce() {
        Split split = Split.of(numbers(100), 30, 1);

        List<Integer> all = new ArrayList<>(labels(split.training()));
        assertThat(all).hasSize(70).isSorted();
        assertThat(labels(split.validation())).hasSize(30).isSorted();
        all.addAll(labels(split.validation()));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aSplitDependsOnTheSeedAlone() {
        // The first three of the permutation of RandomStream 5, "validation", by the program of RandomStreamTest.
        assertThat(labels(Split.of(numbers(10), 3, 5).validation())).containsExactly(1, 5, 8);
        assertThat(labels(Split.of(numbers(10), 3, 6).validation())).isNotEqualTo(List.of(1, 5, 8));
    }

    @Test
    void aSplitOfNothingKeepsEverythingForTraining() {
        Split split = Split.of(numbers(5), 0, 1);

        assertThat(labels(split.training())).containsExactly(0, 1, 2, 3, 4);
        assertThat(split.validation().size()).isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({"-1", "5", "6"})
    void aSplitLeavesSomethingToTrainOn(int size) {
        assertThatThrownBy(() -> Split.of(numbers(5), size, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Validation split: expected a size from 0 to 4, received " + size
                        + ". Leave examples to train on.");
    }

    /** Example i has the one value i and the label i. */
    private static ImageDataset numbers(int size) {
        byte[] numbers = new byte[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (byte) i;
        }
        return new ImageDataset(Shape.of(1), numbers, numbers, size, new Normalization(0, 1 / 255.0));
    }

    private static List<Integer> labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }

    private static List<Float> values(Dataset dataset) {
        float[] target = new float[1];
        return IntStream.range(0, dataset.size())
                .mapToObj(row -> {
                    dataset.read(row, target, 0);
                    return target[0];
                })
                .toList();
    }
}
