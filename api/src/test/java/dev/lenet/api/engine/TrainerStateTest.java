package dev.lenet.api.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ShapeException;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerStateTest {
    private static final Network NETWORK =
            Network.input(3).layer("fc", Linear.of(2)).build();
    private static final Weights ZEROS = Weights.zeros(NETWORK);

    private static TrainingSpec spec(Optimizer optimizer) {
        return new TrainingSpec(optimizer, new Loss.SoftmaxCrossEntropy(), 1, 0);
    }

    @Test
    void aStatePassesTheCheckOfItsOwnNetworkAndSlots() {
        new TrainerState(0, ZEROS, Map.of()).check(NETWORK, spec(new Optimizer.Sgd()));
        new TrainerState(0, ZEROS, Map.of("momentum", ZEROS)).check(NETWORK, spec(new Optimizer.Sgd(0.5, 0)));
        new TrainerState(0, ZEROS, Map.of("first_moment", ZEROS, "second_moment", ZEROS))
                .check(NETWORK, spec(new Optimizer.Adam()));
        new TrainerState(0, ZEROS, Map.of("momentum", ZEROS, "average", ZEROS))
                .check(NETWORK, spec(new Optimizer.Sgd(0.5, 0)).withAverageDecay(0.9));
    }

    @Test
    void aStateOfAnotherOptimizerIsRefused() {
        TrainerState adam = new TrainerState(3, ZEROS, Map.of("second_moment", ZEROS, "first_moment", ZEROS));

        assertThatThrownBy(() -> adam.check(NETWORK, spec(new Optimizer.Sgd(0.5, 0))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Trainer state: expected the slots [momentum] of Sgd[momentum=0.5, weightDecay=0.0],"
                        + " received [first_moment, second_moment]."
                        + " Continue with the settings the run was started with.");
    }

    @Test
    void anAverageTooManyOrTooFewIsRefused() {
        TrainerState plain = new TrainerState(3, ZEROS, Map.of("momentum", ZEROS));
        TrainerState averaging = new TrainerState(3, ZEROS, Map.of("momentum", ZEROS, "average", ZEROS));
        TrainingSpec spec = spec(new Optimizer.Sgd(0.5, 0));

        assertThatThrownBy(() -> averaging.check(NETWORK, spec))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected the slots [momentum] of")
                .hasMessageContaining("received [average, momentum]");
        assertThatThrownBy(() -> plain.check(NETWORK, spec.withAverageDecay(0.9)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected the slots [momentum, average] of")
                .hasMessageContaining("with an average of the weights, received [momentum]");
    }

    @Test
    void aStateOfAnotherNetworkIsRefused() {
        Weights others = Weights.zeros(LeNet5.network(2));

        for (TrainerState state : new TrainerState[] {
            new TrainerState(0, others, Map.of("momentum", ZEROS)),
            new TrainerState(0, ZEROS, Map.of("momentum", others))
        }) {
            assertThatThrownBy(() -> state.check(NETWORK, spec(new Optimizer.Sgd(0.5, 0))))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageStartingWith("Weights: expected the parameters {fc.weight=[2, 3], fc.bias=[2]},"
                            + " received {conv1.weight=[6, 1, 5, 5], ");
        }
    }

    @Test
    void aStateDoesNotChangeWithTheMapItWasMadeFrom() {
        Map<String, Weights> slots = new HashMap<>(Map.of("momentum", ZEROS));
        TrainerState state = new TrainerState(0, ZEROS, slots);

        slots.clear();

        assertThat(state.slots()).containsOnlyKeys("momentum");
    }

    /** Weights 2, then 6, with a decay of 1/2: a = 1, then 3.5; over 1/2 and 3/4 that is 2, and (1 * 2 + 2 * 6) / 3. */
    @Test
    void theAverageIsCorrectedForItsStartAtZero() {
        TrainingSpec spec = spec(new Optimizer.Sgd()).withAverageDecay(0.5);

        TrainerState first = new TrainerState(1, all(2), Map.of("average", all(1)));
        assertThat(first.averaged(NETWORK, spec).get("fc.weight")).containsOnly(2);
        TrainerState second = new TrainerState(2, all(6), Map.of("average", all(3.5f)));
        Weights averaged = second.averaged(NETWORK, spec);
        assertThat(averaged.get("fc.bias")).containsOnly((float) (14 / 3.0));
        assertThat(averaged.get("fc.weight")).hasSize(6).containsOnly((float) (14 / 3.0));
        assertThat(second.weights().get("fc.bias")).as("the state itself").containsOnly(6);
        assertThat(requireNonNull(second.slots().get("average")).get("fc.bias"))
                .as("its slot")
                .containsOnly(3.5f);
    }

    @Test
    void whatIsNotTrainableHasNoAverage() {
        Network network =
                Network.input(2, 3, 3).layer("norm", new BatchNorm2d()).build();
        Weights weights = Weights.of(network, parameter -> new float[] {5, 6});
        Weights average = Weights.of(network, parameter -> new float[] {1, 2});
        TrainingSpec spec = spec(new Optimizer.Sgd()).withAverageDecay(0.5);

        Weights averaged = new TrainerState(1, weights, Map.of("average", average)).averaged(network, spec);

        assertThat(averaged.get("norm.weight")).containsExactly(2, 4);
        assertThat(averaged.get("norm.running_mean")).containsExactly(5, 6);
        assertThat(averaged.get("norm.running_var")).containsExactly(5, 6);
    }

    /** After 1 / (1 - decay) updates and many more the start at zero is forgotten. */
    @Test
    void aLongRunNeedsNoCorrection() {
        TrainingSpec spec = spec(new Optimizer.Sgd()).withAverageDecay(0.999);
        TrainerState late = new TrainerState(1_000_000, all(2), Map.of("average", all(3)));
        assertThat(late.averaged(NETWORK, spec).get("fc.bias")).containsOnly(3);
    }

    @Test
    void withoutAnAverageOrAnUpdateTheWeightsStay() {
        TrainerState plain = new TrainerState(5, all(2), Map.of());
        assertThat(plain.averaged(NETWORK, spec(new Optimizer.Sgd()))).isSameAs(plain.weights());
        TrainingSpec averaging = spec(new Optimizer.Sgd()).withAverageDecay(0.5);
        TrainerState start = new TrainerState(0, all(2), Map.of("average", ZEROS));
        assertThat(start.averaged(NETWORK, averaging)).isSameAs(start.weights());
    }

    @Test
    void theAverageOfAnotherRunIsRefused() {
        TrainerState plain = new TrainerState(5, ZEROS, Map.of());
        TrainingSpec averaging = spec(new Optimizer.Sgd()).withAverageDecay(0.5);
        assertThatThrownBy(() -> plain.averaged(NETWORK, averaging))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected the slots [average]");
    }

    private static Weights all(float value) {
        return Weights.of(NETWORK, parameter -> {
            float[] values = new float[parameter.shape().size()];
            java.util.Arrays.fill(values, value);
            return values;
        });
    }
}
