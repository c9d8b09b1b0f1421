package dev.lenet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.Schedule;
import dev.lenet.api.training.TrainingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The learning rates are those the loop uses. */
class TrainingHistoryTest {
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(2, 10, 0.1, new Optimizer.Adam(), 1).withSchedule(new Schedule.Cooldown(1));

    /** 25 examples in batches of 10 are 3 steps an epoch; the rate falls in a straight line over 6. */
    @Test
    void theyFollowTheScheduleOverAllPlannedSteps() {
        List<Double> rates = TrainingHistory.learningRates(SETTINGS, 25, 6);

        assertThat(rates).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(rates.get(i)).isCloseTo(0.1 * (6 - i) / 6, within(1e-12));
        }
    }

    @Test
    void aRunThatEndedEarlierShowsWhatItGotTo() {
        assertThat(TrainingHistory.learningRates(SETTINGS, 25, 4))
                .hasSize(4)
                .last(DOUBLE)
                .isCloseTo(0.1 * 3 / 6, within(1e-12));
        assertThat(TrainingHistory.learningRates(SETTINGS, 25, 1)).containsExactly(0.1);
    }

    @Test
    void aLongRunIsSampledFromItsFirstStepToItsLast() {
        List<Double> rates = TrainingHistory.learningRates(SETTINGS.withEpochs(10_000), 25, 30_000);

        assertThat(rates).hasSize(400).first().isEqualTo(0.1);
        assertThat(rates).last(DOUBLE).isCloseTo(0.1 / 30_000, within(1e-12));
    }

    @Test
    void aRecorderKeepsWhatATrainingReports() {
        TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
        recorder.stepped(1, 10, 0.1);
        recorder.stepped(2, 10, 0.05);
        Evaluation validation = new Evaluation(4, 0.3, new int[][] {{1, 1}, {0, 2}});
        recorder.epochEnded(new EpochReport(1, 2, 20, 0.7, validation));
        recorder.epochEnded(new EpochReport(2, 2, 20, 0.6, null));

        TrainingHistory history = recorder.history();

        assertThat(history.learningRates()).containsExactly(0.1, 0.05);
        assertThat(history.epochs())
                .containsExactly(
                        new TrainingHistory.Epoch(1, 2, 10, 0.7, 0.3, 0.75),
                        new TrainingHistory.Epoch(2, 2, 10, 0.6, null, null));
    }

    @Test
    void thereIsNoHistoryBeforeTheEndOfAnEpoch() {
        assertThatThrownBy(() -> new TrainingHistory.Recorder().history())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected an epoch that has ended");
    }
}
