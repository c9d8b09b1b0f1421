package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.training.TrainingResult.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two steps an epoch; the more confident the model, the lower the loss of a validation point on the right side. */
class EarlyStoppingTest {
    private static final Dataset TRAINING = Points.count(4);
    private static final Dataset VALIDATION = Points.of(new float[][] {{1, 0}}, new int[] {0});

    private final List<Checkpoint> saved = new ArrayList<>();

    private static TrainingSettings settings(int epochs, int patience, double minDelta) {
        return new TrainingSettings(epochs, 2, 0.25, new Optimizer.Sgd(0.5, 0), 7)
                .withEarlyStopping(new EarlyStopping(patience, minDelta));
    }

    /** @param confidences after each epoch */
    private static FakeEngine engine(String confidences) {
        String[] values = confidences.split(" ", -1);
        return new FakeEngine(step -> step)
                .confident(steps -> Double.parseDouble(values[(int) Math.min(values.length, (steps + 1) / 2) - 1]));
    }

    private TrainingResult run(TrainingSettings settings, FakeEngine engine, Model model) {
        return new TrainingLoop(engine, settings)
                .saving(saved::add)
                .run(model, TRAINING, VALIDATION, new TrainingListener() {});
    }

    @ParameterizedTest
    @CsvSource({
        // patience, smallest improvement, confidence after each epoch, epochs run, the best one, why it ended
        "1, 0, 1 2 1.5 9, 3, 2, EARLY_STOPPING",
        "2, 0, 1 2 1.5 1.9 9, 4, 2, EARLY_STOPPING",
        // Rising against the epoch before is not rising against the best.
        "2, 0, 3 1 2 2.5 2.7, 3, 1, EARLY_STOPPING",
        "2, 0, 1 2 1.5 3 2 2, 6, 4, EARLY_STOPPING",
        // Equal is no improvement.
        "1, 0, 2 2 2, 2, 1, EARLY_STOPPING",
        // log(1 + exp(-1)) - log(1 + exp(-1.1)) = 0.026
        "1, 0.02, 1 1.1 1.1, 3, 2, EARLY_STOPPING",
        "1, 0.03, 1 1.1 9, 2, 1, EARLY_STOPPING",
        // Small improvements add up: each epoch is compared with the best, which does not move with them.
        "3, 0.03, 1 1.1 1.2 1.2 1.2, 6, 3, EARLY_STOPPING",
        "9, 0, 1 2 1.5, 8, 2, COMPLETED"
    })
    void comparesWithTheBestEpochAndRestoresIt(
            int patience, double minDelta, String confidences, int epochs, int best, Ending ending) {
        FakeEngine engine = engine(confidences);
        Model model = engine.model();

        TrainingResult result = run(settings(8, patience, minDelta), engine, model);

        assertThat(result.ending()).isEqualTo(ending);
        assertThat(result.epochs()).hasSize(epochs);
        assertThat(result.steps()).isEqualTo(2L * epochs);
        assertThat(result.bestEpoch()).isEqualTo(best);
        assertThat(Bits.of(model.weights()))
                .isEqualTo(Bits.of(saved.get(best - 1).state().weights()));
        assertThat(engine.events).contains("load");
    }

    @Test
    void withoutPatienceTheLastWeightsAreKept() {
        FakeEngine engine = engine("2 1");
        Model model = engine.model();

        TrainingResult result = run(settings(3, 0, 0), engine, model);

        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.bestEpoch()).isZero();
        assertThat(Bits.of(model.weights()))
                .isEqualTo(Bits.of(saved.get(2).state().weights()));
        assertThat(engine.events).doesNotContain("load");
    }

    @Test
    void anEpochCutShortByALimitMayBeTheBest() {
        FakeEngine engine = engine("1 2");
        Model model = engine.model();

        TrainingResult result = run(settings(8, 1, 0).withMaxSteps(3), engine, model);

        assertThat(result.ending()).isEqualTo(Ending.MAX_STEPS);
        assertThat(result.bestEpoch()).isEqualTo(2);
        assertThat(Bits.of(model.weights()))
                .isEqualTo(Bits.of(saved.get(1).state().weights()));
    }

    @Test
    void aRunThatGoesOnRemembersTheBestEpochAndItsPatience() {
        FakeEngine engine = engine("1 3 2 2 2 2");
        run(settings(8, 3, 0), engine, engine.model());
        assertThat(saved).hasSize(5);
        for (int k = 1; k <= 5; k++) {
            FakeEngine other = engine("1 3 2 2 2 2");
            Model model = other.model();
            TrainingResult result = new TrainingLoop(other, settings(8, 3, 0))
                    .from(saved.get(k - 1))
                    .run(model, TRAINING, VALIDATION, new TrainingListener() {});
            assertThat(result.ending()).as("from epoch %d", k).isEqualTo(Ending.EARLY_STOPPING);
            assertThat(result.epochs()).as("from epoch %d", k).hasSize(5);
            assertThat(result.bestEpoch()).as("from epoch %d", k).isEqualTo(2);
            assertThat(Bits.of(model.weights()))
                    .as("from epoch %d", k)
                    .isEqualTo(Bits.of(saved.get(1).state().weights()));
        }
    }

    @Test
    void refusesToJudgeEpochsWithoutExamples() {
        FakeEngine engine = engine("1");
        assertThatThrownBy(() -> new TrainingLoop(engine, settings(2, 1, 0))
                        .run(engine.model(), TRAINING, Points.count(0), new TrainingListener() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Early stopping: expected validation examples to judge epochs by, received none."
                        + " Set examples aside, or use a patience of 0.");
    }
}
