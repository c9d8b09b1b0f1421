package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Augmentation;
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
        refuses(
                () -> new TrainingSettings(0, 1, 1, SGD, 0),
                "1 epoch or more, received 0. An epoch trains on every example once.");
        refuses(
                () -> new TrainingSettings(1, 0, 1, SGD, 0),
                "a batch size of at least 1, received 0. 32 to 256 examples are usual.");
        refuses(
                () -> new TrainingSettings(1, 1, 0, SGD, 0),
                "a learning rate above 0, received 0.0. 0.001 is usual for Adam, 0.1 for plain descent.");
        refuses(
                () -> new TrainingSettings(1, 1, Double.NaN, SGD, 0),
                "a learning rate above 0, received NaN. 0.001 is usual for Adam, 0.1 for plain descent.");
        refuses(
                () -> new TrainingSettings(1, 1, Double.POSITIVE_INFINITY, SGD, 0),
                "a learning rate above 0, received Infinity. 0.001 is usual for Adam, 0.1 for plain descent.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withMaxSteps(-1),
                "0 steps or more, received -1. Use 0 for no limit.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withReportEvery(0),
                "1 step or more between reports, received 0. 100 are usual.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withCheckpointEvery(-1),
                "0 steps or more between checkpoints, received -1. Use 0 for checkpoints at the ends of epochs alone.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withClipNorm(-1),
                "a clip norm of 0 or more, received -1.0. Use 0 for gradients of any length.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withAverageDecay(1),
                "an average decay of at least 0 and below 1, received 1.0. Use 0 for no average.");
        refuses(
                () -> new TrainingSettings(1, 1, 1, SGD, 0).withPrefetchThreads(-1),
                "0 prefetch threads or more, received -1. Use 0 to let the engine read.");
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Early stopping: expected "
                        + (patience < 0
                                ? "a patience of 0 epochs or more, received -1. Use 0 to stop never early."
                                : "a smallest improvement of at least 0, received " + minDelta
                                        + ". With 0, any improvement counts."));
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Training: expected " + message);
    }
}
