package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import java.util.List;
import java.util.stream.IntStream;
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
}
