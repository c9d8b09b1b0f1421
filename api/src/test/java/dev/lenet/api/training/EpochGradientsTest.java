package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Listeners are given the gradients of an epoch's last batch by its last weights, and cost nothing if they do not ask. */
class EpochGradientsTest {
    /** Three steps an epoch, the last one with one example. */
    private static final Dataset TRAINING = Points.count(5);

    private static final Dataset VALIDATION = Points.of(new float[][] {{1, 0}}, new int[] {0});
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(2, 2, 0.1, new Optimizer.Adam(), 7).withShuffle(false);

    private final FakeEngine engine = new FakeEngine(step -> 1);
    private final Model model = engine.model();
    private final List<Checkpoint> saved = new ArrayList<>();

    /** Of each epoch that it is told of. */
    private static final class Asking implements TrainingListener {
        private final List<Integer> epochs = new ArrayList<>();
        private final List<List<Integer>> gradients = new ArrayList<>();

        @Override
        public void gradients(int epoch, Supplier<Weights> ofLastBatch) {
            epochs.add(epoch);
            gradients.add(Bits.of(ofLastBatch.get()));
        }
    }

    private void run(TrainingSettings settings, TrainingListener listener) {
        new TrainingLoop(engine, settings).saving(saved::add).run(model, TRAINING, VALIDATION, listener);
    }

    private List<String> gradientEvents() {
        return engine.events.stream()
                .filter(event -> event.startsWith("gradients"))
                .toList();
    }

    @Test
    void theyAreOfTheLastBatchOnceItsLossIsKnownAndBeforeTheValidation() {
        Asking asking = new Asking();
        run(SETTINGS, asking);

        assertThat(asking.epochs).containsExactly(1, 2);
        assertThat(gradientEvents()).containsExactly("gradients 4", "gradients 4");
        assertThat(engine.events)
                .startsWith(
                        "step 0,1",
                        "step 2,3",
                        "step 4",
                        "drain",
                        "gradients 4",
                        "predict 0",
                        "close tensor",
                        "step 0,1");
    }

    @Test
    void theyAreOfTheOrderOfTheirEpoch() {
        run(SETTINGS.withShuffle(true), new Asking());

        int[] first = SETTINGS.withShuffle(true).order(5, 1);
        int[] second = SETTINGS.withShuffle(true).order(5, 2);
        assertThat(gradientEvents()).containsExactly("gradients " + first[4], "gradients " + second[4]);
    }

    @Test
    void theyAreByTheLastWeightsAlsoWhereTheAverageIsJudged() {
        Asking asking = new Asking();
        run(SETTINGS.withAverageDecay(0.5), asking);

        assertThat(asking.gradients)
                .as("what the fake engine takes for gradients: its weights")
                .containsExactlyElementsOf(saved.stream()
                        .map(checkpoint -> Bits.of(checkpoint.state().weights()))
                        .toList());
    }

    @Test
    void ofAnEpochCutShortTheyAreOfTheLastBatchThereWas() {
        Asking asking = new Asking();
        run(SETTINGS.withMaxSteps(5), asking);
        assertThat(asking.epochs).containsExactly(1, 2);
        assertThat(gradientEvents()).containsExactly("gradients 4", "gradients 2,3");

        engine.events.clear();
        new TrainingLoop(engine, SETTINGS.withMaxSteps(5))
                .from(saved.get(saved.size() - 1))
                .run(engine.model(), TRAINING, VALIDATION, asking);
        assertThat(gradientEvents()).as("with nothing left to do").containsExactly("gradients 2,3");
        assertThat(asking.gradients.get(2)).isEqualTo(asking.gradients.get(1));
    }

    @Test
    void withoutAListenerNothingIsComputed() {
        run(SETTINGS, new TrainingListener() {});

        assertThat(gradientEvents()).isEmpty();
    }
}
