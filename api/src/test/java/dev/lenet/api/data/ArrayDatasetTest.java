package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayDatasetTest {
    private static final Shape PAIR = Shape.of(1, 2);

    @Test
    void examplesAreReadAsTheyAreToTheirPlace() {
        float[][] examples = {{1, 2}, {3, Float.NaN}, {5, 6}};
        int[] labels = {0, 2, 1};
        ArrayDataset dataset = ArrayDataset.of(PAIR, examples, labels, 3);
        examples[1][0] = 9;
        labels[1] = 0;
        float[] target = {-1, -1, -1, -1};

        dataset.read(1, target, 1);

        assertThat(target).containsExactly(-1, 3, Float.NaN, -1);
        assertThat(dataset.label(1)).isEqualTo(2);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.classes()).isEqualTo(3);
        assertThat(dataset.exampleShape()).isEqualTo(PAIR);
    }

    @Test
    void oneArrayForAllExamplesIsNotCopied() {
        float[] values = {1, 2, 3, 4};
        ArrayDataset dataset = ArrayDataset.of(PAIR, values, new int[] {0, 1}, 2);
        values[3] = 9;
        float[] target = new float[2];

        dataset.read(1, target, 0);

        assertThat(target).containsExactly(3, 9);
    }

    @Test
    void thereMayBeNoExamples() {
        assertThat(ArrayDataset.of(PAIR, new float[0][], new int[0], 2).size()).isZero();
        assertThat(ArrayDataset.of(PAIR, new float[0], new int[0], 2).size()).isZero();
    }

    @Test
    void examplesNeedALabelEach() {
        String message = "Examples and labels: expected one label for each of the 2 examples, received 3 labels."
                + " Give each example its label.";
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[2][2], new int[3], 2))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[4], new int[3], 2))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }

    @Test
    void examplesHaveTheValuesOfTheirShape() {
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[][] {{1, 2}, {3}}, new int[2], 2))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Example 1: expected the 2 values of shape [1, 2], received 1."
                        + " Correct the example, or the shape.");
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[5], new int[2], 2))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Examples: expected a multiple of the 2 values of shape [1, 2], received 5."
                        + " Correct the values, or the shape.");
    }

    @ParameterizedTest
    @CsvSource({"-1", "2"})
    void labelsOutOfRangeAreNamed(int label) {
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[2][2], new int[] {1, label}, 2))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Label of example 1: expected 0 to 1, received " + label
                        + ". Correct the label, or the number of classes.");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0"})
    void thereIsAClassAtLeast(int classes) {
        assertThatThrownBy(() -> ArrayDataset.of(PAIR, new float[0], new int[0], classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Data set: expected at least 1 class, received " + classes + ". Say how many there are.");
    }

    @Test
    void moreValuesThanAnArrayHoldsAreRefused() {
        Shape large = Shape.of(1 << 20, 1 << 10);
        assertThatThrownBy(() -> ArrayDataset.of(large, new float[2][], new int[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Data set: expected at most 2147483647 values, received 2 examples of shape"
                        + " [1048576, 1024]. Use several data sets.");
    }
}
