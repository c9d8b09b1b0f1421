package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.DatasetException;
import dev.lenet.api.RandomStream;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.inference.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLoopTest {
    private static final Dataset NONE = Points.count(0);
    private static final Optimizer SGD = new Optimizer.Sgd();

    private final FakeEngine engine = new FakeEngine(step -> step * 10);
    private final Recorder recorder = new Recorder();

    @Test
    void stepsThroughTheDataInItsOrderWithoutShuffling() {
        run(settings(2, 2).inOrder(), Points.count(5));

        assertThat(steps()).containsExactly("0,1", "2,3", "4", "0,1", "2,3", "4");
        assertThat(engine.learningRates).hasSize(6).containsOnly(0.25);
    }

    @Test
    void theScheduleFollowsThePlannedStepsEvenIfALimitEndsTheRunBefore() {
        Schedule falling = new Schedule.Cooldown(1);
        run(
                new TrainingSettings(2, 2, 0.5, SGD, 7)
                        .withSchedule(falling)
                        .withShuffle(false)
                        .withMaxSteps(3),
                Points.count(4));

        assertThat(engine.learningRates).containsExactly(0.5, 0.375, 0.25);
    }

    @Test
    void tellsTheTrainerWhatTheSettingsSay() {
        run(new TrainingSettings(1, 3, 0.25, new Optimizer.Adam(), 99), Points.count(4));

        assertThat(engine.spec())
                .isEqualTo(new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), 3, 99));
    }

    @Test
    void shufflesEveryEpochAnewBySeedAndEpochAlone() {
        run(settings(2, 10), Points.count(10));

        RandomStream shuffle = RandomStream.of(7, "shuffle");
        assertThat(steps())
                .containsExactly(
                        text(shuffle.substream(1).permutation(10)),
                        text(shuffle.substream(2).permutation(10)));
        // The second epoch's order, by the Python program of RandomStreamTest.
        assertThat(steps().get(1)).isEqualTo("9,0,4,3,8,1,2,6,5,7");
    }

    @Test
    void theOrderDoesNotDependOnTheBatchSizeNorOnReports() {
        run(settings(2, 10), Points.count(10));
        String expected = String.join(",", steps());
        engine.events.clear();

        run(settings(2, 3).reportingEvery(1), Points.count(10));

        assertThat(String.join(",", steps())).isEqualTo(expected);
    }

    @Test
    void anEpochSeesEveryExampleOnce() {
        run(settings(1, 7), Points.count(100));

        int[] rows = Arrays.stream(String.join(",", steps()).split(",", -1))
                .mapToInt(Integer::parseInt)
                .sorted()
                .toArray();
        assertThat(rows).isEqualTo(IntStream.range(0, 100).toArray());
        assertThat(steps()).hasSize(15);
    }

    @ParameterizedTest
    @CsvSource({"6, 2, 3", "5, 2, 3", "1, 2, 1", "4, 1, 4", "3, 100, 1"})
    void announcesTheNumberOfSteps(int size, int batchSize, int stepsPerEpoch) {
        TrainingResult result = run(settings(3, batchSize), Points.count(size));

        assertThat(recorder.events).startsWith("started 0 " + 3 * stepsPerEpoch + " " + stepsPerEpoch);
        assertThat(result.steps()).isEqualTo(3L * stepsPerEpoch);
        assertThat(steps()).hasSize(3 * stepsPerEpoch);
    }

    @Test
    void stopsAfterTheMostStepsInTheMiddleOfAnEpoch() {
        TrainingResult result = run(settings(9, 2).inOrder().stoppingAfter(4), Points.count(5));

        assertThat(steps()).containsExactly("0,1", "2,3", "4", "0,1");
        assertThat(recorder.events).startsWith("started 0 4 3");
        assertThat(result.steps()).isEqualTo(4);
        assertThat(result.ending()).isEqualTo(TrainingResult.Ending.MAX_STEPS);
        assertThat(result.epochs()).hasSize(2);
        assertThat(result.epochs().get(1).examples()).isEqualTo(2);
        assertThat(result.epochs().get(1).trainingLoss()).isEqualTo(40);
    }

    @Test
    void aLimitBeyondTheEpochsChangesNothing() {
        assertThat(run(settings(2, 2).stoppingAfter(100), Points.count(4)).steps())
                .isEqualTo(4);
    }

    @Test
    void reportsEveryLossOnceAndInOrder() {
        run(settings(2, 2).reportingEvery(2), Points.count(5));

        assertThat(recorder.events)
                .containsExactly(
                        "started 0 6 3",
                        "stepped 1 2",
                        "stepped 2 2",
                        "loss 1 10.0",
                        "loss 2 20.0",
                        "stepped 3 1",
                        "loss 3 30.0",
                        "epoch 1",
                        "stepped 4 2",
                        "loss 4 40.0",
                        "stepped 5 2",
                        "stepped 6 1",
                        "loss 5 50.0",
                        "loss 6 60.0",
                        "epoch 2");
    }

    @Test
    void waitsForTheEngineOnlyToReport() {
        run(settings(1, 1).inOrder().reportingEvery(3), Points.count(7));

        assertThat(engine.events)
                .containsExactly(
                        "step 0", "step 1", "step 2", "drain", "step 3", "step 4", "step 5", "drain", "step 6", "drain",
                        "close");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void theLossOfAnEpochIsTheMeanOverItsExamplesHoweverOftenItReports(int reportEvery) {
        TrainingResult result = run(settings(2, 2).reportingEvery(reportEvery), Points.count(5));

        // Steps 1, 2, 3 with losses 10, 20, 30 saw 2, 2 and 1 examples.
        assertThat(result.epochs().get(0).trainingLoss()).isEqualTo((2 * 10 + 2 * 20 + 30) / 5.0);
        assertThat(result.epochs().get(1).trainingLoss()).isEqualTo((2 * 40 + 2 * 50 + 60) / 5.0);
        assertThat(result.epochs()).extracting(EpochReport::examples).containsExactly(5L, 5L);
        assertThat(result.epochs()).extracting(EpochReport::epoch).containsExactly(1, 2);
    }

    @Test
    void evaluatesAfterEveryEpoch() {
        Dataset validation = Points.of(new float[][] {{1, 0}, {0, 1}}, new int[] {0, 0});

        TrainingResult result = new TrainingLoop(
                        engine, settings(2, 2).inOrder().build())
                .run(engine.model(), Points.count(3), validation, recorder);

        assertThat(engine.events)
                .containsExactly(
                        "step 0,1",
                        "step 2",
                        "drain",
                        "predict 0,1",
                        "close tensor",
                        "step 0,1",
                        "step 2",
                        "drain",
                        "predict 0,1",
                        "close tensor",
                        "close");
        for (EpochReport report : result.epochs()) {
            Evaluation evaluation = report.validation();
            assertThat(evaluation == null ? -1 : evaluation.accuracy()).isEqualTo(0.5);
        }
        assertThat(recorder.reports).isEqualTo(result.epochs());
    }

    @Test
    void withoutValidationThereIsNoEvaluation() {
        TrainingResult result = run(settings(1, 2), Points.count(3));

        assertThat(result.epochs().get(0).validation()).isNull();
        assertThat(engine.events).noneMatch(event -> event.startsWith("predict"));
    }

    @Test
    void timesAnEpoch() {
        double before = System.nanoTime() * 1e-9;
        EpochReport report = run(settings(1, 2), Points.count(3)).epochs().get(0);
        double elapsed = System.nanoTime() * 1e-9 - before;

        assertThat(report.seconds()).isGreaterThan(0).isLessThanOrEqualTo(elapsed);
        assertThat(report.examplesPerSecond()).isCloseTo(3 / report.seconds(), within(Math.ulp(3 / report.seconds())));
    }

    @Test
    void closesTheTrainerWhenAStepFails() {
        engine.failingAt(2);

        assertThatThrownBy(() -> run(settings(1, 2), Points.count(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("step 2 failed");

        assertThat(engine.events).endsWith("close");
    }

    @Test
    void closesTheTrainerWhenAListenerFails() {
        TrainingListener failing = new TrainingListener() {
            @Override
            public void epochEnded(EpochReport report) {
                throw new IllegalStateException("enough");
            }
        };

        assertThatThrownBy(() -> new TrainingLoop(engine, settings(3, 2).build())
                        .run(engine.model(), Points.count(2), NONE, failing))
                .hasMessage("enough");

        assertThat(engine.events).filteredOn(event -> event.startsWith("step")).hasSize(1);
        assertThat(engine.events).endsWith("close");
    }

    @Test
    void refusesToTrainOnNothing() {
        assertThatThrownBy(() -> run(settings(1, 2), NONE))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Training: expected at least one example, received an empty data set."
                        + " Check the data, or set fewer examples aside for validation.");
    }

    private TrainingResult run(Settings settings, Dataset training) {
        return run(settings.build(), training);
    }

    private TrainingResult run(TrainingSettings settings, Dataset training) {
        return new TrainingLoop(engine, settings).run(engine.model(), training, NONE, recorder);
    }

    private List<String> steps() {
        return engine.events.stream()
                .filter(event -> event.startsWith("step "))
                .map(event -> event.substring(5))
                .toList();
    }

    private static String text(int[] rows) {
        return Arrays.toString(rows).replaceAll("[\\[\\] ]", "");
    }

    private static Settings settings(int epochs, int batchSize) {
        return new Settings(epochs, batchSize, true, 0, 100);
    }

    /** What the tests vary of {@link TrainingSettings}; the learning rate is 0.25 and the seed 7. */
    private record Settings(int epochs, int batchSize, boolean shuffle, long maxSteps, int reportEvery) {
        Settings inOrder() {
            return new Settings(epochs, batchSize, false, maxSteps, reportEvery);
        }

        Settings stoppingAfter(long steps) {
            return new Settings(epochs, batchSize, shuffle, steps, reportEvery);
        }

        Settings reportingEvery(int steps) {
            return new Settings(epochs, batchSize, shuffle, maxSteps, steps);
        }

        TrainingSettings build() {
            return new TrainingSettings(epochs, batchSize, 0.25, SGD, 7)
                    .withShuffle(shuffle)
                    .withMaxSteps(maxSteps)
                    .withReportEvery(reportEvery);
        }
    }

    private static final class Recorder implements TrainingListener {
        private final List<String> events = new ArrayList<>();
        private final List<EpochReport> reports = new ArrayList<>();

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

        @Override
        public void epochEnded(EpochReport report) {
            events.add("epoch " + report.epoch());
            reports.add(report);
        }
    }
}
