package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.ConfigException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Augmentation;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSettingsTest {
    private static final Optimizer SGD = new Optimizer.Sgd();

    @Test
    void settingsOutOfRangeAreRefused() {
        refuses(() -> new TrainingSettings(0, 1, 1, SGD, 0), "epochs to be at least 1, received 0");
        refuses(() -> new TrainingSettings(1, 0, 1, SGD, 0), "batch size to be at least 1, received 0");
        refuses(() -> new TrainingSettings(1, 1, 0, SGD, 0), "learning rate to be a number above 0, received 0.0");
        refuses(
                () -> new TrainingSettings(1, 1, Double.NaN, SGD, 0),
                "learning rate to be a number above 0, received NaN");
        refuses(
                () -> new TrainingSettings(1, 1, Double.POSITIVE_INFINITY, SGD, 0),
                "learning rate to be a number above 0, received Infinity");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withMaxSteps(-1),
                "max steps to be 0 (no limit) or more, received -1");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withReportEvery(0),
                "report every to be at least 1 step, received 0");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withCheckpointEvery(-1),
                "checkpoint every to be 0 (none inside an epoch) or more steps, received -1");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withClipNorm(-1),
                "clip norm to be 0 (no limit) or more, received -1.0");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withAverageDecay(1),
                "average decay to be at least 0 and below 1, received 1.0");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withPrefetchThreads(-1),
                "prefetch threads to be 0 or more, received -1");
    }

    @Test
    void settingsShuffleWithoutLimitByDefault() {
        assertThat(new TrainingSettings(3, 4, 0.5, SGD, 6))
                .isEqualTo(new TrainingSettings(
                        3,
                        4,
                        0.5,
                        new Schedule.Constant(),
                        SGD,
                        6,
                        true,
                        0,
                        100,
                        0,
                        EarlyStopping.OFF,
                        new Loss.SoftmaxCrossEntropy(),
                        0,
                        0,
                        Augmentation.NONE,
                        0,
                        0));
    }

    /** Each value is one that the settings did not have before, and no other than its own component changes. */
    @Test
    void everySettingCanBeChangedByItself() {
        TrainingSettings all = new TrainingSettings(1, 2, 3, SGD, 4)
                .withEpochs(5)
                .withLearningRate(6)
                .withSchedule(new Schedule.Cooldown(0.5))
                .withSeed(7)
                .withShuffle(false)
                .withMaxSteps(8)
                .withReportEvery(9)
                .withCheckpointEvery(14)
                .withEarlyStopping(new EarlyStopping(10, 0.25))
                .withLoss(new Loss.SoftmaxCrossEntropy(0.125))
                .withClipNorm(11)
                .withAverageDecay(0.75)
                .withAugmentation(new Augmentation(12, 0, 0, 0, 0, 0, 4))
                .withPlainEpochs(14)
                .withPrefetchThreads(13);
        assertThat(all)
                .isEqualTo(new TrainingSettings(
                        5,
                        2,
                        6,
                        new Schedule.Cooldown(0.5),
                        SGD,
                        7,
                        false,
                        8,
                        9,
                        14,
                        new EarlyStopping(10, 0.25),
                        new Loss.SoftmaxCrossEntropy(0.125),
                        11,
                        0.75,
                        new Augmentation(12, 0, 0, 0, 0, 0, 4),
                        14,
                        13));
    }

    @Test
    void anEngineIsToldWhatConcernsIt() {
        assertThat(new TrainingSettings(3, 4, 0.5, SGD, 6)
                        .withLoss(new Loss.SoftmaxCrossEntropy(0.125))
                        .withClipNorm(11)
                        .withAverageDecay(0.75)
                        .spec())
                .isEqualTo(new TrainingSpec(SGD, new Loss.SoftmaxCrossEntropy(0.125), 4, 6, 11, 0.75));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "1, -0.1", "1, NaN", "1, Infinity"})
    void earlyStoppingHasAPatienceAndASmallestImprovement(int patience, double minDelta) {
        assertThatThrownBy(() -> new EarlyStopping(patience, minDelta))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Early stopping: expected a patience and a smallest improvement of at least 0, received "
                        + patience + " and " + minDelta + ". Use a patience of 0 for none.");
    }

    @Test
    void everyEpochTakesAllExamplesInAnOrderOfItsOwn() {
        TrainingSettings settings = new TrainingSettings(3, 4, 0.5, SGD, 6);
        assertThat(settings.order(50, 1))
                .containsExactly(new TrainingSettings(1, 1, 0.1, SGD, 6).order(50, 1))
                .isNotEqualTo(settings.order(50, 2))
                .isNotEqualTo(new TrainingSettings(3, 4, 0.5, SGD, 7).order(50, 1));
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertThat(Arrays.stream(settings.order(50, epoch)).sorted())
                    .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        }
        TrainingSettings unshuffled = new TrainingSettings(1, 1, 1, SGD, 0).withShuffle(false);
        assertThat(unshuffled.order(4, 2)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void theLastEpochsSeeTheExamplesAsTheyAre() {
        Dataset digits =
                new ImageDataset(Shape.of(1, 28, 28), new byte[2 * 784], new byte[2], 10, new Normalization(0, 1));
        TrainingSettings settings = new TrainingSettings(5, 4, 0.5, SGD, 6)
                .withAugmentation(new Augmentation(1, 0, 0, 0, 0, 0, 4))
                .withPlainEpochs(2);
        assertThat(settings.examples(digits, 3)).isNotSameAs(digits);
        assertThat(settings.examples(digits, 4)).isSameAs(digits);
        assertThat(settings.examples(digits, 5)).isSameAs(digits);
    }

    private static void refuses(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(ConfigException.class)
                .hasMessage("Training: expected " + message + ". Change it.");
    }
}
