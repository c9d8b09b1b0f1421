package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose numbers are no longer finite ends, and says where it began. */
class DivergenceTest {
    private static final Dataset NONE = Points.count(0);
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(3, 2, 0.25, new Optimizer.Sgd(), 7).withShuffle(false);

    private final List<Checkpoint> saved = new ArrayList<>();

    private void run(FakeEngine engine, Model model, Dataset training, Dataset validation) {
        new TrainingLoop(engine, SETTINGS)
                .saving(saved::add)
                .run(model, training, validation, new TrainingListener() {});
    }

    private void assertDiverges(FakeEngine engine, Dataset training, Dataset validation, String message) {
        assertThatThrownBy(() -> run(engine, engine.model(), training, validation))
                .isInstanceOf(DivergedException.class)
                .hasMessage("Training: expected a finite " + message + ". Lower the learning rate (now 0.25).");
    }

    /** The loss of step 8 is known two steps later; the weights before it are those of seven steps. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void theStepIsNamedAndTheFirstLayerOnTheWeightsFromJustBeforeIt(float loss) {
        FakeEngine engine =
                new FakeEngine(step -> step >= 8 ? loss : step).confident(steps -> steps >= 7 ? Double.NaN : 1);

        assertDiverges(
                engine,
                Points.count(9),
                NONE,
                "loss, received " + loss + " at step 8, first in the output of fc (layer 1, linear)");

        // Five steps an epoch. The second is repeated from its start to the step before, and step 8 has two examples.
        assertThat(engine.events)
                .endsWith(
                        "step 8",
                        "drain",
                        "restore 5",
                        "step 0,1",
                        "step 2,3",
                        "drain",
                        "forward [0.0, 0.0, 0.0, 0.0] after 7",
                        "close tensor",
                        "close tensor",
                        "close");
        assertThat(saved).extracting(Checkpoint::step).containsExactly(5L);
    }

    @Test
    void whereEverythingIsFiniteOnlyTheStepIsNamed() {
        FakeEngine engine = new FakeEngine(step -> step == 1 ? Double.POSITIVE_INFINITY : step);

        assertDiverges(engine, Points.count(4), NONE, "loss, received Infinity at step 1");
    }

    @Test
    void anExampleThatIsNotFiniteIsNamed() {
        FakeEngine engine = new FakeEngine(step -> step == 2 ? Double.NaN : step);
        float[][] values = {{0, 0}, {0, 0}, {0, 0}, {0, Float.NaN}};

        assertDiverges(
                engine,
                Points.of(values, new int[4]),
                NONE,
                "loss, received NaN at step 2, first in the input, example 3 of the data set");
    }

    @Test
    void aValidationThatIsNotFiniteEndsTheRunBeforeItsCheckpoint() {
        FakeEngine engine = new FakeEngine(step -> step).confident(steps -> steps > 2 ? Double.NaN : 1);

        assertDiverges(
                engine,
                Points.count(4),
                Points.count(3),
                "validation loss, received NaN at step 4, first in the output of fc (layer 1, linear)");

        assertThat(saved).extracting(Checkpoint::step).containsExactly(2L);
    }

    /** A loss is known before its update: without validation, only the weights can tell that the last one was bad. */
    @Test
    void aWeightThatIsNotFiniteNeverGetsIntoACheckpoint() {
        FakeEngine engine = new FakeEngine(step -> step).exploding(4);

        assertDiverges(
                engine,
                Points.count(4),
                NONE,
                "weight, received NaN or infinity at step 4, first in the weights fc.bias");

        assertThat(saved).extracting(Checkpoint::step).containsExactly(2L);
    }
}
