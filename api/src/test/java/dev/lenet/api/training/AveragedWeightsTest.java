package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainerState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With an average, it is the averaged weights that are judged and left in the model, and the last ones that go on. */
class AveragedWeightsTest {
    private static final Dataset TRAINING = Points.count(4);
    private static final Dataset VALIDATION = Points.of(new float[][] {{1, 0}}, new int[] {0});
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(2, 2, 0.1, new Optimizer.Sgd(), 7).withShuffle(false);

    private final FakeEngine engine = new FakeEngine(step -> 1);
    private final Model model = engine.model();
    private final List<Checkpoint> saved = new ArrayList<>();

    private void run(TrainingSettings settings) {
        new TrainingLoop(engine, settings)
                .saving(saved::add)
                .run(model, TRAINING, VALIDATION, new TrainingListener() {});
    }

    @Test
    void theModelIsLeftWithTheAverageOfTheLastCheckpoint() {
        TrainingSettings settings = SETTINGS.withAverageDecay(0.5);
        run(settings);
        TrainerState last = saved.get(saved.size() - 1).state();
        assertThat(Bits.of(model.weights()))
                .isEqualTo(Bits.of(last.averaged(model.network(), settings.spec())))
                .isNotEqualTo(Bits.of(last.weights()));
    }

    @Test
    void anEpochIsJudgedBetweenPuttingTheAverageInAndTakingItOut() {
        run(SETTINGS.withAverageDecay(0.5));
        assertThat(engine.events)
                .containsSubsequence("step 2,3", "drain", "load", "predict 0", "load", "step 0,1")
                .endsWith("load", "predict 0", "close tensor", "load", "load", "close");
    }

    @Test
    void judgingDoesNotChangeTheRun() {
        run(SETTINGS.withAverageDecay(0.5));
        TrainerState judged = saved.get(saved.size() - 1).state();
        saved.clear();
        new TrainingLoop(engine, SETTINGS.withAverageDecay(0.5))
                .saving(saved::add)
                .run(engine.model(), TRAINING, Points.count(0), new TrainingListener() {});
        TrainerState unjudged = saved.get(saved.size() - 1).state();
        assertThat(Bits.of(judged.weights())).isEqualTo(Bits.of(unjudged.weights()));
    }

    @Test
    void withoutAnAverageNothingIsLoaded() {
        run(SETTINGS);
        assertThat(engine.events).doesNotContain("load");
    }
}
