package dev.lenet.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A histogram counts every finite value once, in the bucket whose edges it is between")
class HistogramTest {
    @Test
    @DisplayName("Thirty buckets reach from the least to the greatest value without a gap")
    void edges() {
        Histogram histogram = Histogram.of(new float[] {-3, 0, 27});

        for (int i = 0; i < Histogram.BUCKETS; i++) {
            assertThat(histogram.left()[i]).isEqualTo(i - 3);
            assertThat(histogram.right()[i]).isEqualTo(i - 2);
        }
        long[] expected = new long[Histogram.BUCKETS];
        expected[0] = 1;
        expected[3] = 1;
        expected[29] = 1;
        assertThat(histogram.counts())
                .as("an edge belongs to its right, the greatest value to the last")
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("Counts agree with looking for each value's bucket by its edges")
    void counts() {
        long seed = 7;
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            // Multiples of 1/64 from 0 to 30: neither they nor the edges, whole numbers, are rounded.
            values[i] = Math.round(RandomStream.of(seed, "values").uniform(i) * 30 * 64) / 64f;
        }
        values[0] = 0;
        values[1] = 30;
        long[] expected = new long[Histogram.BUCKETS];
        for (float value : values) {
            expected[Math.min(29, (int) value)]++;
        }

        assertThat(Histogram.of(values).counts()).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    @DisplayName("Equal values are all in the last bucket; what is no finite number is left out; nothing gives zeros")
    void peculiar() {
        Histogram equal = Histogram.of(new float[] {2, 2, Float.NaN, 2, Float.POSITIVE_INFINITY});
        assertThat(equal.left()).containsOnly(2);
        assertThat(equal.right()).containsOnly(2);
        assertThat(equal.counts()[29]).isEqualTo(3);
        assertThat(Arrays.stream(equal.counts()).sum()).isEqualTo(3);

        Histogram none = Histogram.of(new float[] {Float.NaN});
        assertThat(none.left()).containsOnly(0);
        assertThat(none.right()).containsOnly(0);
        assertThat(none.counts()).containsOnly(0);
    }
}
