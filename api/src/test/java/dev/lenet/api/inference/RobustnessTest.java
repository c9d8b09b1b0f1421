package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Dataset;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RobustnessTest {
    private static final Dataset FOUR = ArrayDataset.of(Shape.of(1), new float[4], new int[] {0, 0, 0, 0}, 2);

    @Test
    void itsAccuracyIsTheMeanOfAllKinds() {
        Map<Corruption, Predictions> predictions = new EnumMap<>(Corruption.class);
        for (Corruption kind : Corruption.values()) {
            predictions.put(kind, right(4));
        }
        predictions.put(Corruption.FOG, right(1));

        Robustness robustness = new Robustness(predictions);

        assertThat(robustness.accuracy()).isCloseTo((14 + 0.25) / 15, within(1e-12));
        double error =
                Calibration.of(right(4)).error() * 14 + Calibration.of(right(1)).error();
        assertThat(robustness.calibrationError()).isCloseTo(error / 15, within(1e-12));
        assertThat(robustness.predictions().keySet()).containsExactly(Corruption.values());
    }

    @Test
    void kindsThatWereNotMeasuredAreRefused() {
        assertThatThrownBy(() -> new Robustness(Map.of(Corruption.FOG, right(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Robustness: expected predictions for 15 kinds of corruption, received 1. Measure each kind.");
    }

    /** Of four images so many. */
    private static Predictions right(int count) {
        float[] logits = new float[8];
        for (int row = 0; row < 4; row++) {
            logits[2 * row + (row < count ? 0 : 1)] = 3;
        }
        return Predictions.of(FOUR, logits);
    }
}
