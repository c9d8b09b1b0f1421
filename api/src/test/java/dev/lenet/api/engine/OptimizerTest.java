package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ShapeException;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
    private static final Network NETWORK =
            Network.input(3).layer("fc", Linear.of(2)).build();

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
        refuses(() -> new Optimizer.Sgd(rate, 0), "momentum: expected at least 0 and below 1, received " + rate);
        refuses(
                () -> new Optimizer.Adam(rate, 0.9, 1, 0, false),
                "beta1: expected at least 0 and below 1, received " + rate);
        refuses(
                () -> new Optimizer.Adam(0.9, rate, 1, 0, false),
                "beta2: expected at least 0 and below 1, received " + rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void weightDecayIsFiniteAndAtLeastZero(double decay) {
        refuses(() -> new Optimizer.Sgd(0, decay), "weight decay: expected at least 0, received " + decay);
        refuses(
                () -> new Optimizer.Adam(0.9, 0.9, 1, decay, true),
                "weight decay: expected at least 0, received " + decay);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-8, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonIsFiniteAndAboveZero(double epsilon) {
        refuses(
                () -> new Optimizer.Adam(0.9, 0.9, epsilon, 0, false),
                "epsilon: expected above 0, received " + epsilon);
    }

    @ParameterizedTest
    @CsvSource({"0", "-3"})
    void aSpecificationNeedsABatch(int size) {
        refuses(
                () -> new TrainingSpec(new Optimizer.Sgd(), new Loss.SoftmaxCrossEntropy(), size, 0),
                "batchSize: expected at least 1, received " + size);
    }

    @Test
    void aStatePassesTheCheckOfItsOwnNetworkAndOptimizer() {
        Weights zeros = Weights.zeros(NETWORK);

        new TrainerState(0, zeros, Map.of()).check(NETWORK, new Optimizer.Sgd());
        new TrainerState(0, zeros, Map.of("momentum", zeros)).check(NETWORK, new Optimizer.Sgd(0.5, 0));
        new TrainerState(0, zeros, Map.of("first_moment", zeros, "second_moment", zeros))
                .check(NETWORK, new Optimizer.Adam());
    }

    @Test
    void aStateOfAnotherOptimizerIsRefused() {
        Weights zeros = Weights.zeros(NETWORK);
        TrainerState adam = new TrainerState(3, zeros, Map.of("second_moment", zeros, "first_moment", zeros));

        assertThatThrownBy(() -> adam.check(NETWORK, new Optimizer.Sgd(0.5, 0)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Trainer state: expected the slots [momentum] of Sgd[momentum=0.5, weightDecay=0.0],"
                        + " received [first_moment, second_moment]."
                        + " Continue with the optimizer the run was started with.");
    }

    @Test
    void aStateOfAnotherNetworkIsRefused() {
        Weights zeros = Weights.zeros(NETWORK);
        Weights others = Weights.zeros(LeNet5.network(2));

        for (TrainerState state : new TrainerState[] {
            new TrainerState(0, others, Map.of("momentum", zeros)),
            new TrainerState(0, zeros, Map.of("momentum", others))
        }) {
            assertThatThrownBy(() -> state.check(NETWORK, new Optimizer.Sgd(0.5, 0)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageStartingWith("Weights: expected the parameters {fc.weight=[2, 3], fc.bias=[2]},"
                            + " received {conv1.weight=[6, 1, 5, 5], ");
        }
    }

    @Test
    void aStateDoesNotChangeWithTheMapItWasMadeFrom() {
        Map<String, Weights> slots = new HashMap<>(Map.of("momentum", Weights.zeros(NETWORK)));
        TrainerState state = new TrainerState(0, Weights.zeros(NETWORK), slots);

        slots.clear();

        assertThat(state.slots()).containsOnlyKeys("momentum");
    }

    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
