package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {
    private static final int CLASSES = 4;

    private static final int ROWS = 20_000;

    /** Logits, and labels that are drawn from their softmax. */
    private final float[] logits = new float[ROWS * CLASSES];

    private final int[] labels = new int[ROWS];

    TemperatureScalingTest() {
        RandomStream random = RandomStream.of(1, "logits");
        for (int i = 0; i < logits.length; i++) {
            logits[i] = 8 * random.uniform(i) - 4;
        }
        RandomStream drawn = RandomStream.of(1, "labels");
        for (int row = 0; row < ROWS; row++) {
            double[] probabilities = Softmax.probabilities(logits, row * CLASSES, CLASSES);
            double left = drawn.uniform(row);
            while (labels[row] < CLASSES - 1 && left > probabilities[labels[row]]) {
                left -= probabilities[labels[row]];
                labels[row]++;
            }
        }
    }

    private float[] times(float factor) {
        float[] scaled = logits.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    @ParameterizedTest
    @ValueSource(floats = {0.6f, 1, 2.5f})
    void whatLogitsWereMultipliedByIsFound(float factor) {
        assertThat(TemperatureScaling.temperature(times(factor), labels)).isCloseTo(factor, within(0.04 * factor));
    }

    @Test
    void itIsBounded() {
        assertThat(TemperatureScaling.temperature(times(0.1f), labels))
                .isCloseTo(TemperatureScaling.LEAST, within(1e-6));
        assertThat(TemperatureScaling.temperature(times(50), labels)).isCloseTo(TemperatureScaling.MOST, within(1e-6));
    }

    @Test
    void logitsThatAreAllAlikeHaveATemperature() {
        float[] alike = new float[8];
        Arrays.fill(alike, 3);

        assertThat(TemperatureScaling.temperature(alike, new int[] {0, 3})).isFinite();
    }
}
