package dev.lenet.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.training.FakeEngine;
import dev.lenet.api.training.Points;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    /** A few roundings of double precision, relative to values near 1. */
    private static final double ROUNDING = 8 * Math.ulp(1.0);

    @Test
    void probabilitiesAreThoseOfTheFormula() {
        float[] logits = {99, 0, (float) Math.log(2), (float) Math.log(5), 99};

        double[] probabilities = Softmax.probabilities(logits, 1, 3);

        // The logits are rounded to float32, by at most 2^-25 of about 1.6.
        assertThat(probabilities[0]).isCloseTo(1 / 8.0, within(0x1p-24));
        assertThat(probabilities[1]).isCloseTo(2 / 8.0, within(0x1p-24));
        assertThat(probabilities[2]).isCloseTo(5 / 8.0, within(0x1p-24));
        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isCloseTo(1, within(ROUNDING));
        assertThat(Math.exp(Softmax.logProbability(logits, 1, 3, 2))).isCloseTo(probabilities[2], within(ROUNDING));
    }

    @Test
    void hugeLogitsNeitherOverflowNorVanish() {
        float[] logits = {1e30f, 1e30f, -1e30f};

        assertThat(Softmax.probabilities(logits, 0, 3)).containsExactly(0.5, 0.5, 0);
        assertThat(Softmax.logProbability(new float[] {-1000, 0}, 0, 2, 0)).isEqualTo(-1000);
    }

    @Test
    void theMostProbableClassIsTheFirstOfEquals() {
        assertThat(Softmax.argmax(new float[] {9, 1, 3, 3, 2}, 1, 4)).isEqualTo(1);
        assertThat(Softmax.argmax(new float[] {-1, -2}, 0, 2)).isEqualTo(0);
        assertThat(Softmax.argmax(new float[] {-2, -1}, 0, 2)).isEqualTo(1);
    }

    @Test
    void measuresLossAndConfusion() {
        FakeEngine engine = new FakeEngine(step -> 0);
        float log3 = (float) Math.log(3);
        Dataset points = Points.of(new float[][] {{log3, 0}, {log3, 0}, {0, log3}, {0, log3}}, new int[] {0, 1, 1, 1});

        Evaluation evaluation = Evaluation.of(engine.model(), points);

        assertThat(evaluation.count()).isEqualTo(4);
        // Three examples had probability 3/4, one 1/4.
        assertThat(evaluation.loss()).isCloseTo(-(3 * Math.log(3 / 4.0) + Math.log(1 / 4.0)) / 4, within(0x1p-24));
        assertThat(evaluation.confusion()).isDeepEqualTo(new int[][] {{1, 0}, {1, 2}});
        assertThat(evaluation.accuracy()).isEqualTo(0.75);
    }

    @Test
    void goesThroughEveryExampleOnceAndClosesTheLogits() {
        FakeEngine engine = new FakeEngine(step -> 0);

        Evaluation evaluation = Evaluation.of(engine.model(), Points.count(501));

        assertThat(evaluation.confusion()).isDeepEqualTo(new int[][] {{501, 0}, {0, 0}});
        assertThat(engine.events).hasSize(6);
        assertThat(engine.events.get(0)).startsWith("predict 0,1,").endsWith(",249");
        assertThat(engine.events.get(1)).isEqualTo("close tensor");
        assertThat(engine.events.get(4)).isEqualTo("predict 500");
        assertThat(engine.events.get(5)).isEqualTo("close tensor");
    }

    @Test
    void derivesPrecisionRecallAndF1FromTheConfusion() {
        Evaluation evaluation = new Evaluation(10, 0, new int[][] {{3, 1, 0}, {2, 4, 0}, {0, 0, 0}});

        assertThat(evaluation.accuracy()).isEqualTo(0.7);
        assertThat(evaluation.precision(0)).isEqualTo(3 / 5.0);
        assertThat(evaluation.recall(0)).isEqualTo(3 / 4.0);
        assertThat(evaluation.f1(0)).isCloseTo(2 * 3 / 9.0, within(ROUNDING));
        assertThat(evaluation.support(1)).isEqualTo(6);
        assertThat(evaluation.precision(1)).isEqualTo(4 / 5.0);
        assertThat(evaluation.recall(1)).isEqualTo(4 / 6.0);
    }

    @Test
    void aClassThatNeverOccursHasScoresOfZero() {
        Evaluation evaluation = new Evaluation(1, 0, new int[][] {{1, 0}, {0, 0}});

        assertThat(evaluation.precision(1)).isEqualTo(0);
        assertThat(evaluation.recall(1)).isEqualTo(0);
        assertThat(evaluation.f1(1)).isEqualTo(0);
        assertThat(evaluation.support(1)).isEqualTo(0);
    }

    @Test
    void chanceIsTheShareOfTheMostFrequentClassWhateverWasPredicted() {
        assertThat(new Evaluation(8, 0, new int[][] {{0, 2, 0}, {1, 0, 4}, {0, 0, 1}}).chance())
                .isEqualTo(5 / 8.0);
    }

    @Test
    void refusesADatasetOfOtherClasses() {
        ImageDataset other = new ImageDataset(Shape.of(2), new byte[2], new byte[1], 3, new Normalization(0, 1));

        assertThatThrownBy(() -> Evaluation.of(new FakeEngine(step -> 0).model(), other))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Evaluation: expected a data set of the model's 2 classes, received 3."
                        + " Evaluate the data the model was trained for.");
    }

    @Test
    void refusesAnEmptyDataset() {
        assertThatThrownBy(() -> Evaluation.of(new FakeEngine(step -> 0).model(), Points.count(0)))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Evaluation: expected at least one example, received an empty data set."
                        + " Evaluate a data set with examples.");
    }
}
