package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSpecTest {
    private static final Loss LOSS = new Loss.SoftmaxCrossEntropy();
    private static final TrainingSpec PLAIN = new TrainingSpec(new Optimizer.Adam(), LOSS, 8, 3);

    @Test
    void nothingIsClippedAveragedOrSmoothedUnlessAskedFor() {
        assertThat(PLAIN).isEqualTo(new TrainingSpec(new Optimizer.Adam(), LOSS, 8, 3, 0, 0));
        assertThat(LOSS).isEqualTo(new Loss.SoftmaxCrossEntropy(0));
    }

    @Test
    void eachPartIsChangedAlone() {
        assertThat(PLAIN.withClipNorm(2).withAverageDecay(0.9))
                .isEqualTo(new TrainingSpec(new Optimizer.Adam(), LOSS, 8, 3, 2, 0.9));
        assertThat(PLAIN.withAverageDecay(0.9).withClipNorm(2).withAverageDecay(0))
                .isEqualTo(PLAIN.withClipNorm(2));
    }

    /** A limit of 2 and a norm of 8: 2 / 8.000001. Short gradients stay as they are, to the bit. */
    @Test
    void longGradientsAreShortenedToTheLimit() {
        TrainingSpec spec = PLAIN.withClipNorm(2);
        assertThat(spec.clipFactor(8)).isEqualTo(2 / 8.000001);
        assertThat(spec.clipFactor(1.9)).isEqualTo(1);
        assertThat(spec.clipFactor(2)).as("the margin shortens it a little").isEqualTo(2 / 2.000001);
        assertThat(spec.clipFactor(0)).isEqualTo(1);
        assertThat(spec.clipFactor(Double.POSITIVE_INFINITY)).isZero();
        assertThat(spec.clipFactor(Double.NaN)).isNaN();
        assertThat(PLAIN.clipFactor(1e30)).isEqualTo(1);
    }

    @Test
    void slotsAreThoseOfTheOptimizerAndTheAverage() {
        assertThat(PLAIN.slots()).containsExactly("first_moment", "second_moment");
        assertThat(PLAIN.withAverageDecay(0.5).slots()).containsExactly("first_moment", "second_moment", "average");
        TrainingSpec descent = new TrainingSpec(new Optimizer.Sgd(), LOSS, 1, 0);
        assertThat(descent.withClipNorm(1).slots()).isEmpty();
        assertThat(descent.withAverageDecay(0.999).slots()).containsExactly("average");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void aBatchHasAnExample(int size) {
        refuses(
                () -> new TrainingSpec(new Optimizer.Sgd(), LOSS, size, 0),
                "Training: expected a batch size of at least 1, received " + size + ". 32 to 256 examples are usual.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void aLimitIsFiniteAndNotNegative(double limit) {
        refuses(
                () -> PLAIN.withClipNorm(limit),
                "Training: expected a clip norm of 0 or more, received " + limit
                        + ". Use 0 for gradients of any length.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void anAverageForgetsSomething(double decay) {
        refuses(
                () -> PLAIN.withAverageDecay(decay),
                "Training: expected an average decay of at least 0 and below 1, received " + decay
                        + ". Use 0 for no average.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void smoothingLeavesSomethingToTheTrueClass(double smoothing) {
        refuses(
                () -> new Loss.SoftmaxCrossEntropy(smoothing),
                "Cross-entropy: expected a label smoothing of at least 0 and below 1, received " + smoothing
                        + ". 0.1 is usual.");
    }

    @Test
    void theTargetIsSpreadOverAllClassesTheTrueOneIncluded() {
        Loss.SoftmaxCrossEntropy smoothed = new Loss.SoftmaxCrossEntropy(0.1);
        // 0.9 + 0.1 / 4 and 0.1 / 4, which add up to 0.925 + 3 * 0.025 = 1.
        assertThat(smoothed.target(true, 4)).isCloseTo(0.925, within(Math.ulp(1.0)));
        assertThat(smoothed.target(false, 4)).isCloseTo(0.025, within(Math.ulp(1.0)));
        assertThat(new Loss.SoftmaxCrossEntropy().target(true, 4)).isEqualTo(1);
        assertThat(new Loss.SoftmaxCrossEntropy().target(false, 4)).isZero();
    }

    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
