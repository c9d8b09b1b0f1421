package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.inference.Softmax;

/** Comparisons of rows of logits. */
final class Close {
    private Close() {}

    /**
     * Each row's best class is the same, and each number differs by at most {@code bound} times the row's largest, or 1 if that is
     * less.
     */
    static void assertSame(float[] received, float[] expected, int classes, double bound) {
        assertThat(received).hasSameSizeAs(expected);
        for (int row = 0; row < expected.length; row += classes) {
            double largest = 1;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, Math.abs(expected[row + k]));
            }
            for (int k = 0; k < classes; k++) {
                double difference = Math.abs((double) received[row + k] - expected[row + k]);
                if (!(difference <= bound * largest)) {
                    assertThat(received[row + k])
                            .as("example %d, class %d", row / classes, k)
                            .isEqualTo(expected[row + k]);
                }
            }
            assertThat(Softmax.argmax(received, row, classes))
                    .as("class of example %d", row / classes)
                    .isEqualTo(Softmax.argmax(expected, row, classes));
        }
    }
}
