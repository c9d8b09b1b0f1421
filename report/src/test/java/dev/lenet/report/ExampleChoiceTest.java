package dev.lenet.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.inference.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which images a report shows. */
class ExampleChoiceTest {
    /** Labels 0, 1, 2, 0. */
    private static final ImageDataset FOUR = Samples.images(3, 4);

    private static final float[] LOGITS = {2, 0, 1, 3, 3, 0, 0, 5, 0, 0, 1, 0};

    @Test
    void exampleImagesAreTheSameEveryTimeDistinctAndHoldSomeMistakes() {
        Predictions predictions = Samples.predictions(Samples.images(10, 2000), 0.99);

        List<Integer> rows = ExampleChoice.choose(predictions, 40, 4);

        assertThat(rows).hasSize(40).doesNotHaveDuplicates().isEqualTo(ExampleChoice.choose(predictions, 40, 4));
        assertThat(rows).filteredOn(row -> !predictions.correct(row)).hasSizeGreaterThanOrEqualTo(4);
        assertThat(rows.subList(30, 40)).as("not all mistakes at the end").anyMatch(predictions::correct);
    }

    @Test
    void fewerImagesThanPlacesAreAllShown() {
        assertThat(ExampleChoice.choose(Predictions.of(FOUR, LOGITS), 40, 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(ExampleChoice.choose(Predictions.of(FOUR, LOGITS), 2, 4)).hasSize(2);
    }
}
