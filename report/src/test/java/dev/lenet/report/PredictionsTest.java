package dev.lenet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.inference.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of images, and which of them are shown. */
class PredictionsTest {
    /** Labels 0, 1, 2, 0. */
    private static final ImageDataset FOUR = Samples.images(3, 4);

    private static final float[] LOGITS = {2, 0, 1, 3, 3, 0, 0, 5, 0, 0, 1, 0};

    @Test
    void probabilitiesAreTheSoftmaxOfTheLogits() {
        Predictions predictions = Predictions.of(FOUR, LOGITS);

        double sum = Math.exp(2) + 1 + Math.exp(1);
        assertThat(predictions.probability(0, 0)).isCloseTo(Math.exp(2) / sum, within(1e-7));
        assertThat(predictions.probability(0, 2)).isCloseTo(Math.exp(1) / sum, within(1e-7));
        assertThat(predictions.confidence(0)).isEqualTo(predictions.probability(0, 0));
        assertThat(predictions.ranked(0)).containsExactly(0, 2, 1);
    }

    @Test
    void mistakesComeWithTheMostConfidentFirst() {
        Predictions predictions = Predictions.of(FOUR, LOGITS);

        assertThat(predictions.mistakes()).containsExactly(2, 3, 1);
        assertThat(predictions.predicted(1))
                .as("the lowest of equals, as in an evaluation")
                .isZero();
        assertThat(predictions.ranked(1)).containsExactly(0, 1, 2);
    }

    @Test
    void exampleImagesAreTheSameEveryTimeDistinctAndHoldSomeMistakes() {
        Predictions predictions = Samples.predictions(Samples.images(10, 2000), 0.99);

        List<Integer> rows = Examples.choose(predictions, 40, 4);

        assertThat(rows).hasSize(40).doesNotHaveDuplicates().isEqualTo(Examples.choose(predictions, 40, 4));
        assertThat(rows).filteredOn(row -> !predictions.correct(row)).hasSizeGreaterThanOrEqualTo(4);
        assertThat(rows.subList(30, 40)).as("not all mistakes at the end").anyMatch(predictions::correct);
    }

    @Test
    void fewerImagesThanPlacesAreAllShown() {
        assertThat(Examples.choose(Predictions.of(FOUR, LOGITS), 40, 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(Examples.choose(Predictions.of(FOUR, LOGITS), 2, 4)).hasSize(2);
    }

    @Test
    void confusedPairsComeWithTheMostFrequentFirst() {
        int[][] confusion = {{9, 1, 0}, {3, 5, 0}, {0, 0, 4}};

        assertThat(ConfusionSection.pairs(confusion))
                .containsExactly(new ConfusionSection.Pair(1, 0, 3), new ConfusionSection.Pair(0, 1, 1));
        assertThat(ConfusionSection.strength(1, 100)).isCloseTo(0.15, within(1e-12));
        assertThat(ConfusionSection.strength(10, 100)).isCloseTo(0.5, within(1e-12));
        assertThat(ConfusionSection.strength(100, 100)).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void noProbabilityIsWrittenAsCertain() {
        assertThat(Figures.probability(1)).isEqualTo("99.9 %");
        assertThat(Figures.probability(0.99987)).isEqualTo("99.9 %");
        assertThat(Figures.probability(0.5)).isEqualTo("50.0 %");
        assertThat(Figures.probability(0.00001)).isEqualTo("< 0.1 %");
    }
}
