package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ConfigException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.TrainingResult.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped and goes on is the run that was not. */
class ResumeTest {
    /** Seven examples, three a step: three steps an epoch, the last one with one example. */
    private static final Dataset TRAINING = Points.count(7);

    private static final Dataset VALIDATION = Points.of(new float[][] {{1, 0}, {0, 2}}, new int[] {0, 1});
    private static final TrainingSettings SETTINGS = new TrainingSettings(4, 3, 0.1, new Optimizer.Adam(), 7)
            .withSchedule(new Schedule.Cooldown(0.9))
            .withReportEvery(2)
            .withEarlyStopping(new EarlyStopping(3, 0));
    private static final int STEPS = 12;

    @TempDir
    Path folder = Path.of("");

    /** Everything a run leaves behind. */
    private record Outcome(TrainingResult result, List<Integer> weights, FakeEngine engine, List<Checkpoint> saved) {
        Checkpoint last() {
            return saved.get(saved.size() - 1);
        }

        /** Reports without their seconds, and with the matrices by content. */
        List<String> reports() {
            return result.epochs().stream()
                    .map(report -> report.epoch() + " " + report.examples() + " " + report.trainingLoss() + " "
                            + matrix(report.validation()))
                    .toList();
        }

        private static String matrix(@org.jspecify.annotations.Nullable Evaluation evaluation) {
            return evaluation == null ? "-" : evaluation.loss() + java.util.Arrays.deepToString(evaluation.confusion());
        }
    }

    /** Asks to stop after so many steps of its own. */
    private static Outcome run(
            TrainingSettings settings, @org.jspecify.annotations.Nullable Checkpoint start, int stopAfter) {
        FakeEngine engine = new FakeEngine(step -> 1 / (step + 0.1)).confident(steps -> 1 - Math.abs(steps - 7) * 0.1);
        Model model = engine.model();
        List<Checkpoint> saved = new ArrayList<>();
        int[] steps = {0};
        TrainingListener counter = new TrainingListener() {
            @Override
            public void stepped(long step, int examples, double learningRate) {
                steps[0]++;
            }
        };
        TrainingLoop loop =
                new TrainingLoop(engine, settings).saving(saved::add).until(() -> steps[0] >= stopAfter);
        TrainingResult result = (start == null ? loop : loop.from(start)).run(model, TRAINING, VALIDATION, counter);
        return new Outcome(result, Bits.of(model.weights()), engine, saved);
    }

    private Checkpoint throughAFile(Checkpoint checkpoint) {
        CheckpointStore store = new CheckpointStore(folder);
        store.save(checkpoint);
        return store.latest().checkpoint();
    }

    @Test
    void stoppingAfterAnyStepAndGoingOnIsTheSameToTheBit() {
        Outcome straight = run(SETTINGS, null, Integer.MAX_VALUE);
        assertThat(straight.result().steps()).isEqualTo(STEPS);
        assertThat(straight.result().bestEpoch()).isEqualTo(2);
        for (int k = 1; k < STEPS; k++) {
            Outcome first = run(SETTINGS, null, k);
            assertThat(first.result().ending()).as("stopped after %d", k).isEqualTo(Ending.INTERRUPTED);
            assertThat(first.result().steps()).as("stopped after %d", k).isEqualTo(k);
            assertThat(first.result().epochs())
                    .as("whole epochs of %d steps", k)
                    .hasSize(k / 3);

            Outcome second = run(SETTINGS, throughAFile(first.last()), Integer.MAX_VALUE);

            assertThat(second.weights()).as("stopped after %d", k).isEqualTo(straight.weights());
            assertThat(second.reports()).as("stopped after %d", k).isEqualTo(straight.reports());
            assertThat(second.result().bestEpoch()).as("stopped after %d", k).isEqualTo(2);
            assertThat(second.result().ending()).as("stopped after %d", k).isEqualTo(Ending.COMPLETED);
            assertThat(Bits.of(second.last().state()))
                    .as("stopped after %d", k)
                    .isEqualTo(Bits.of(straight.last().state()));
            List<Double> rates = new ArrayList<>(first.engine().learningRates);
            rates.addAll(second.engine().learningRates);
            assertThat(rates).as("stopped after %d", k).isEqualTo(straight.engine().learningRates);
        }
    }

    @Test
    void stoppingAfterEveryStepIsTheSameToo() {
        Outcome straight = run(SETTINGS, null, Integer.MAX_VALUE);
        Outcome part = run(SETTINGS, null, 1);
        for (int step = 2; step <= STEPS; step++) {
            assertThat(part.result().ending()).as("step %d", step).isEqualTo(Ending.INTERRUPTED);
            part = run(SETTINGS, throughAFile(part.last()), 1);
        }
        assertThat(part.result().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(part.weights()).isEqualTo(straight.weights());
        assertThat(part.reports()).isEqualTo(straight.reports());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 4, 5, 9})
    void aRunAtItsLimitGoesOnUnderAHigherOne(long limit) {
        Outcome straight = run(SETTINGS, null, Integer.MAX_VALUE);
        Outcome limited = run(SETTINGS.withMaxSteps(limit), null, Integer.MAX_VALUE);
        assertThat(limited.result().ending()).isEqualTo(Ending.MAX_STEPS);

        Outcome rest = run(SETTINGS, throughAFile(limited.last()), Integer.MAX_VALUE);

        assertThat(rest.weights()).isEqualTo(straight.weights());
        assertThat(rest.reports()).isEqualTo(straight.reports());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 12})
    void aRunWithNothingLeftToDoEndsAsItDidBefore(long limit) {
        Outcome ended = run(SETTINGS.withMaxSteps(limit), null, Integer.MAX_VALUE);

        Outcome again = run(SETTINGS.withMaxSteps(limit), throughAFile(ended.last()), Integer.MAX_VALUE);

        assertThat(again.engine().learningRates).isEmpty();
        assertThat(again.result().ending()).isEqualTo(ended.result().ending());
        assertThat(again.weights()).isEqualTo(ended.weights());
        assertThat(again.reports()).isEqualTo(ended.reports());
    }

    @Test
    void checkpointsAreHandedOutAfterEveryEpochAndWhereARunStops() {
        assertThat(run(SETTINGS, null, Integer.MAX_VALUE).saved())
                .extracting(Checkpoint::step)
                .containsExactly(3L, 6L, 9L, 12L);
        assertThat(run(SETTINGS, null, 5).saved()).extracting(Checkpoint::step).containsExactly(3L, 5L);
        assertThat(run(SETTINGS, null, 6).saved()).extracting(Checkpoint::step).containsExactly(3L, 6L);
    }

    @Test
    void checkpointsInsideAnEpochAreHandedOutWhereAskedFor() {
        assertThat(run(SETTINGS.withCheckpointEvery(2), null, Integer.MAX_VALUE).saved())
                .extracting(Checkpoint::step)
                .containsExactly(2L, 3L, 4L, 6L, 8L, 9L, 10L, 12L);
        assertThat(run(SETTINGS.withCheckpointEvery(2), null, 4).saved())
                .extracting(Checkpoint::step)
                .containsExactly(2L, 3L, 4L);
        assertThat(run(SETTINGS.withCheckpointEvery(2).withMaxSteps(8), null, Integer.MAX_VALUE)
                        .saved())
                .extracting(Checkpoint::step)
                .containsExactly(2L, 3L, 4L, 6L, 8L);
    }

    /** As a kill leaves it, from which the run goes on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void aCheckpointInsideAnEpochChangesNothingAndIsGoneOnFromToTheBit(int every) {
        Outcome straight = run(SETTINGS, null, Integer.MAX_VALUE);
        Outcome saving = run(SETTINGS.withCheckpointEvery(every), null, Integer.MAX_VALUE);
        assertThat(saving.weights()).isEqualTo(straight.weights());
        assertThat(saving.reports()).isEqualTo(straight.reports());
        double before = 0;
        for (Checkpoint checkpoint : saving.saved()) {
            Outcome rest = run(SETTINGS, throughAFile(checkpoint), Integer.MAX_VALUE);
            assertThat(rest.weights()).as("from %d", checkpoint.step()).isEqualTo(straight.weights());
            assertThat(rest.reports()).as("from %d", checkpoint.step()).isEqualTo(straight.reports());
            double seconds = checkpoint.partial().seconds();
            if (checkpoint.partial().examples() > 0) {
                assertThat(seconds).as("at %d", checkpoint.step()).isGreaterThan(before);
            }
            before = seconds;
        }
    }

    @Test
    void aRequestToStopWithNothingLeftToDoIsNoInterruption() {
        assertThat(run(SETTINGS, null, STEPS).result().ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void tellsListenersWhereItGoesOn() {
        List<String> events = new ArrayList<>();
        FakeEngine engine = new FakeEngine(step -> step);
        new TrainingLoop(engine, SETTINGS)
                .from(run(SETTINGS, null, 7).last())
                .run(engine.model(), TRAINING, VALIDATION, new TrainingListener() {
                    @Override
                    public void started(long step, long totalSteps, int stepsPerEpoch) {
                        events.add("started " + step + " " + totalSteps + " " + stepsPerEpoch);
                    }

                    @Override
                    public void stepped(long step, int examples, double learningRate) {
                        events.add("stepped " + step + " " + examples);
                    }

                    @Override
                    public void lossKnown(long step, float loss) {
                        events.add("loss " + step + " " + loss);
                    }
                });
        assertThat(events)
                .startsWith("started 7 12 3", "stepped 8 3", "loss 8 8.0", "stepped 9 1", "loss 9 9.0", "stepped 10 3");
    }

    @Test
    void whatStepsMeanMustNotChange() {
        Checkpoint checkpoint = run(SETTINGS, null, 4).last();
        refuses(SETTINGS.withSeed(8), checkpoint, "seed it was made with, 7, received 8");
        refuses(SETTINGS.withShuffle(false), checkpoint, "shuffling it was made with, true, received false");
        refuses(
                new TrainingSettings(4, 2, 0.1, new Optimizer.Adam(), 7),
                checkpoint,
                "batch size it was made with, 3, received 2");
        refuses(
                SETTINGS.withAverageDecay(0.9),
                run(SETTINGS.withAverageDecay(0.99), null, 4).last(),
                "average decay it was made with, 0.99, received 0.9");
        FakeEngine engine = new FakeEngine(step -> step);
        assertThatThrownBy(() -> new TrainingLoop(engine, SETTINGS)
                        .from(checkpoint)
                        .run(engine.model(), Points.count(8), VALIDATION, new TrainingListener() {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("number of training examples it was made with, 7, received 8");
    }

    private static void refuses(TrainingSettings settings, Checkpoint checkpoint, String message) {
        assertThatThrownBy(() -> run(settings, checkpoint, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Checkpoint of step 4: expected the " + message
                        + ". Change it back, or start a new run from the checkpoint's weights.");
    }

    @Test
    void theRateAndTheNumberOfEpochsMayChange() {
        Checkpoint checkpoint = run(SETTINGS, null, 4).last();

        Outcome longer = run(SETTINGS.withEpochs(5).withLearningRate(0.5), checkpoint, Integer.MAX_VALUE);

        assertThat(longer.result().steps()).isEqualTo(15);
        assertThat(longer.engine().learningRates.get(0)).isGreaterThan(0.4);
    }

    @Test
    void aCheckpointThatContradictsItselfIsNone() {
        Checkpoint good = run(SETTINGS, null, 4).last();
        assertThatThrownBy(() -> new Checkpoint(
                        good.network(), good.state(), good.position(), Checkpoint.Partial.NONE, good.history(), null))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() ->
                        new Checkpoint(good.network(), good.state(), good.position(), good.partial(), List.of(), null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Checkpoint: expected step 4 to be 3 for each of 0 epochs and 3 examples more, received a"
                        + " contradiction. Continue from another checkpoint.");
        assertThatThrownBy(() -> new Checkpoint(
                        good.network(),
                        good.state(),
                        good.position(),
                        good.partial(),
                        good.history(),
                        new Checkpoint.Best(2, 0.5, good.state())))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void anotherOptimizersStateIsRefusedByTheTrainer() {
        Checkpoint checkpoint = run(SETTINGS, null, 4).last();
        assertThatThrownBy(() -> checkpoint
                        .state()
                        .check(checkpoint.network(), new TrainingSettings(1, 3, 0.1, new Optimizer.Sgd(), 7).spec()))
                .isInstanceOf(ShapeException.class);
    }
}
