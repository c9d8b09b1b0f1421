package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    @Test
    void aBatchReadsItsPartOfTheOrder() {
        Batch batch = new Batch(numbers(6), new int[] {5, 3, 1, 0}, 1, 2);
        float[] target = new float[3];

        batch.read(0, target, 0);
        batch.read(1, target, 2);

        assertThat(target).containsExactly(3, 0, 1);
        assertThat(batch.label(1)).isEqualTo(1);
    }

    @Test
    void aRangeIsABatchInTheDatasetsOrder() {
        Batch batch = Batch.range(numbers(6), 2, 3);

        assertThat(IntStream.range(0, batch.size()).map(batch::label)).containsExactly(2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "0, 5", "-1, 2", "3, 2", "2147483647, 2", "0, 2147483647", "-2147483648, 2"})
    void aRangeStaysInsideItsDataSet(int from, int size) {
        assertThatThrownBy(() -> Batch.range(numbers(4), from, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Batch: expected 1 to 4 rows inside the data set, received " + size + " from " + from
                        + ". Take rows that the data set has.");
    }

    @ParameterizedTest
    @CsvSource({"4", "-1", "2147483647"})
    void aBatchHasRowsOfItsDataSet(int row) {
        assertThatThrownBy(() -> new Batch(numbers(4), new int[] {9, 0, row}, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Batch: expected rows 0 to 3 of the data set, received row " + row
                        + ". Take rows that the data set has.");
    }

    @ParameterizedTest
    @CsvSource({"2", "-1"})
    void aBatchReadsNoExampleOfAnother(int i) {
        Batch batch = new Batch(numbers(4), new int[] {0, 1, 2, 3}, 1, 2);
        float[] target = new float[4];
        String message = "Batch: expected example 0 to 1, received " + i + ". Ask for one that is there.";

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> batch.label(i), () -> batch.read(i, target, 0), () -> batch.readSoftLabel(i, target, 0))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage(message);
        }
        assertThatThrownBy(() -> batch.part(1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Batch: expected a part of 2, received 2 from 1. Ask for what is there.");
    }

    @ParameterizedTest
    @CsvSource({"4", "-1"})
    void aDataSetSaysWhichRowsItHas(int row) {
        float[] target = new float[1];
        for (Dataset dataset : List.of(
                numbers(4),
                numbers(5).select(new int[] {0, 1, 2, 3}),
                ArrayDataset.of(Shape.of(1), new float[4], new int[4], 1),
                ArrayDataset.of(Shape.of(1), new float[5], new int[5], 1).select(new int[4]))) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> dataset.label(row),
                    () -> dataset.read(row, target, 0),
                    () -> dataset.select(new int[] {row}))) {
                assertThatThrownBy(call)
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("Data set: expected row 0 to 3, received " + row + ". Ask for one that is there.");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 5", "-1, 2", "3, 2", "2147483647, 2"})
    void aBatchStaysInsideItsOrder(int offset, int size) {
        assertThatThrownBy(() -> new Batch(numbers(4), new int[4], offset, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Batch: expected 1 to 4 rows inside the order, received " + size + " from " + offset
                        + ". Take rows that the order has.");
    }

    @Test
    void batchesInOrderHaveEveryExampleOnceAndTheLastHasWhatIsLeft() {
        List<Batch> batches = Batch.inOrder(numbers(7), 3);

        assertThat(batches)
                .extracting(BatchTest::labels)
                .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
        assertThat(batches).extracting(Batch::offset).containsExactly(0, 3, 6);
    }

    @Test
    void batchesInOrderMayBeLargerThanTheDataSet() {
        assertThat(Batch.inOrder(numbers(6), 3)).hasSize(2);
        assertThat(Batch.inOrder(numbers(2), Integer.MAX_VALUE))
                .extracting(BatchTest::labels)
                .containsExactly(List.of(0, 1));
        assertThat(Batch.inOrder(numbers(0), 3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void batchesInOrderHaveASize(int batchSize) {
        assertThatThrownBy(() -> Batch.inOrder(numbers(4), batchSize))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Batches: expected a batch size of at least 1, received " + batchSize + ". Make it larger.");
    }

    @Test
    void withoutSoftLabelsTheLabelIsCertain() {
        Batch batch = new Batch(numbers(3), new int[] {0, 2, 1}, 1, 2);
        float[] target = {9, 9, 9, 9};

        batch.readSoftLabel(0, target, 1);

        assertThat(target).containsExactly(9, 0, 0, 1);
    }

    @Test
    void aLabelThatIsNoClassIsNothingToBeCertainOf() {
        Dataset mislabelled = new Dataset() {
            @Override
            public Shape exampleShape() {
                return Shape.of(1);
            }

            @Override
            public int size() {
                return 2;
            }

            @Override
            public int classes() {
                return 3;
            }

            @Override
            public int label(int row) {
                return row == 0 ? 3 : -1;
            }

            @Override
            public void read(int row, float[] target, int offset) {
                target[offset] = 0;
            }
        };
        for (int i = 0; i < 2; i++) {
            float[] target = {9, 9, 9};
            Batch.range(mislabelled, 0, 2).readSoftLabel(i, target, 0);
            assertThat(target).containsExactly(0, 0, 0);
        }
    }

    @Test
    void softLabelsAreThoseOfTheExamplesOfTheBatch() {
        Batch batch = new Batch(numbers(3), new int[] {0, 2, 1}, 1, 2);
        float[] softLabels = {0.5f, 0.25f, 0.25f, 0, 0.7f, 0.3f};

        Batch softened = batch.withSoftLabels(softLabels);
        softLabels[0] = 9;

        assertThat(softLabel(softened, 0)).containsExactly(0.5f, 0.25f, 0.25f);
        assertThat(softLabel(softened, 1)).containsExactly(0, 0.7f, 0.3f);
        assertThat(labels(softened)).containsExactly(2, 1);
        assertThat(softened.dataset()).isSameAs(batch.dataset());
        assertThat(softLabel(batch, 0)).containsExactly(0, 0, 1);
        float[] target = new float[3];
        assertThatThrownBy(() -> softened.readSoftLabel(2, target, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aPartOfABatchHasItsExamplesAndTheirSoftLabels() {
        Batch batch = new Batch(numbers(5), new int[] {4, 3, 2, 1, 0}, 1, 4);
        float[] softLabels = new float[4 * 5];
        for (int i = 0; i < 4; i++) {
            softLabels[i * 5 + i] = 1;
        }

        Batch part = batch.withSoftLabels(softLabels).part(1, 3).part(1, 2);

        assertThat(labels(part)).containsExactly(1, 0);
        assertThat(softLabel(part, 0)).containsExactly(0, 0, 1, 0, 0);
        assertThat(softLabel(part, 1)).containsExactly(0, 0, 0, 1, 0);
        assertThat(softLabel(batch.part(1, 3), 1)).containsExactly(0, 1, 0, 0, 0);
        assertThatThrownBy(() -> part.part(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.part(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void softLabelsAreAsManyAsExamplesTimesClasses() {
        assertThatThrownBy(() -> Batch.range(numbers(3), 0, 2).withSoftLabels(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Soft labels: expected 2 examples of 3 classes, received 3 values."
                        + " Give each example a value for each class.");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.4", "1.1, -0.1", "NaN, 1", "Infinity, 0", "0, 0"})
    void softLabelsAreProbabilities(float first, float second) {
        float[] softLabels = {0, 1, first, second};

        assertThatThrownBy(() -> Batch.range(numbers(2), 0, 2).withSoftLabels(softLabels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Soft label of example 1 of the batch: expected probabilities, none below 0 and together 1,"
                        + " received [" + first + ", " + second + "]. Divide them by their sum.");
    }

    /** Example i has the one value i and the label i. */
    private static Dataset numbers(int size) {
        byte[] numbers = new byte[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (byte) i;
        }
        return new ImageDataset(Shape.of(1), numbers, numbers, size, new Normalization(0, 1 / 255.0));
    }

    private static List<Integer> labels(Batch batch) {
        return IntStream.range(0, batch.size()).mapToObj(batch::label).toList();
    }

    private static float[] softLabel(Batch batch, int i) {
        float[] softLabel = new float[batch.dataset().classes()];
        batch.readSoftLabel(i, softLabel, 0);
        return softLabel;
    }
}
