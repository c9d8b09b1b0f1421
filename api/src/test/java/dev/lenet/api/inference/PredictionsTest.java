package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Dataset;
import org.junit.jupiter.api.Test;

class PredictionsTest {
    /** Four examples of three classes; what they hold does not matter. */
    private static final Dataset FOUR = ArrayDataset.of(Shape.of(1), new float[4], new int[] {0, 1, 2, 0}, 3);

    private static final float[] LOGITS = {
        2, 0, 1,
        3, 3, 0,
        9, 0, 0,
        0, 5, 0
    };

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
    void theirEvaluationCountsTheSameExamples() {
        Evaluation evaluation = Predictions.of(FOUR, LOGITS).evaluation();

        assertThat(evaluation.count()).isEqualTo(4);
        assertThat(evaluation.accuracy()).isEqualTo(0.25);
        assertThat(evaluation.confusion()).isDeepEqualTo(new int[][] {{1, 1, 0}, {1, 0, 0}, {1, 0, 0}});
        double loss = -Math.log(Predictions.of(FOUR, LOGITS).probability(0, 0));
        assertThat(evaluation.loss()).isGreaterThan(loss);
    }
}
