package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.inference.Calibration.Bin;
import org.junit.jupiter.api.Test;

/** By hand-computed values. */
class CalibrationTest {
    @Test
    void theErrorIsTheMeanGapWeightedWithThePredictionsOfEachBin() {
        // Bin 5 to 6 tenths: 0.55 and 0.6, one right: gap |0.575 - 0.5|. Bin 9 to 10: 0.95 twice, both right: gap 0.05.
        Calibration calibration =
                Calibration.of(new double[] {0.55, 0.6, 0.95, 0.95}, new boolean[] {true, false, true, true}, 10);

        assertThat(calibration.error()).isCloseTo(0.5 * 0.075 + 0.5 * 0.05, within(1e-12));
        assertThat(calibration.confidence()).isCloseTo((0.55 + 0.6 + 0.95 + 0.95) / 4, within(1e-12));
        Bin bin = calibration.bins().get(5);
        assertThat(bin.count()).isEqualTo(2);
        assertThat(bin.accuracy()).isEqualTo(0.5);
        assertThat(bin.confidence()).isCloseTo(0.575, within(1e-12));
        assertThat(bin.gap()).isCloseTo(0.075, within(1e-12));
        assertThat(calibration.bins()).extracting(Bin::count).containsExactly(0, 0, 0, 0, 0, 2, 0, 0, 0, 2);
    }

    /** As Guo et al. have it: ((m - 1) / M, m / M]. */
    @Test
    void aBinHoldsItsUpperEndAndNotItsLower() {
        Calibration calibration = Calibration.of(new double[] {0.5, 0.500001, 1}, new boolean[3], 2);

        assertThat(calibration.bins()).extracting(Bin::count).containsExactly(1, 2);
    }

    @Test
    void aModelThatIsRightAsOftenAsItSaysHasNoError() {
        Calibration calibration =
                Calibration.of(new double[] {0.75, 0.75, 0.75, 0.75}, new boolean[] {true, true, false, true}, 10);

        assertThat(calibration.error()).isZero();
    }

    @Test
    void aRoundedProbabilityAboveOneIsInTheLastBin() {
        assertThat(Calibration.of(new double[] {Math.nextUp(1.0)}, new boolean[] {true}, 10)
                        .bins()
                        .get(9)
                        .count())
                .isEqualTo(1);
    }
}
