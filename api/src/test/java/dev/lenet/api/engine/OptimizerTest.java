package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
    @Test
    void defaultsAreThoseOfThePapers() {
        assertThat(new Optimizer.Sgd()).isEqualTo(new Optimizer.Sgd(0, 0));
        assertThat(new Optimizer.Adam()).isEqualTo(new Optimizer.Adam(0.9, 0.999, 1e-8, 0, false));
    }

    @Test
    void slotsAreWhatAnOptimizerRemembers() {
        assertThat(new Optimizer.Sgd().slots()).isEmpty();
        assertThat(new Optimizer.Sgd(0.9, 0.1).slots()).containsExactly("momentum");
        assertThat(new Optimizer.Adam().slots()).containsExactly("first_moment", "second_moment");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void decayRatesAreAtLeastZeroAndBelowOne(double rate) {
        refuses(
                () -> new Optimizer.Sgd(rate, 0),
                "Sgd: expected a momentum of at least 0 and below 1, received " + rate + ". 0.9 is usual.");
        refuses(
                () -> new Optimizer.Adam(rate, 0.9, 1, 0, false),
                "Adam: expected a beta1 of at least 0 and below 1, received " + rate + ". 0.9 is usual.");
        refuses(
                () -> new Optimizer.Adam(0.9, rate, 1, 0, false),
                "Adam: expected a beta2 of at least 0 and below 1, received " + rate + ". 0.999 is usual.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void weightDecayIsFiniteAndAtLeastZero(double decay) {
        refuses(
                () -> new Optimizer.Sgd(0, decay),
                "Sgd: expected a weight decay of at least 0, received " + decay + ". Use 0 for no weight decay.");
        refuses(
                () -> new Optimizer.Adam(0.9, 0.9, 1, decay, true),
                "Adam: expected a weight decay of at least 0, received " + decay + ". Use 0 for no weight decay.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-8, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonIsFiniteAndAboveZero(double epsilon) {
        refuses(
                () -> new Optimizer.Adam(0.9, 0.9, epsilon, 0, false),
                "Adam: expected an epsilon above 0, received " + epsilon + ". 1e-8 is usual.");
    }

    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
