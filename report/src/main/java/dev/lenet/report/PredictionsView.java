package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.ImageGrid;
import dev.lenet.report.chart.Thumbnail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The section with a grid of test images and what the model says of them. */
record PredictionsView(String caption, List<Example> examples) {
    private static final int SIDE = 56;

    /**
     * @param name of the predicted class
     * @param truth the true class, if another was predicted
     */
    record Example(
            PictureView picture,
            String name,
            String probability,
            @Nullable String truth) {}

    static PredictionsView of(ReportData data) {
        Predictions predictions = data.predictions();
        List<Integer> rows = ExampleChoice.of(predictions);
        return new PredictionsView(
                ExampleChoice.caption(predictions, rows),
                rows.stream()
                        .map(row -> example(predictions, row, data.classNames()))
                        .toList());
    }

    private static Example example(Predictions predictions, int row, ClassNames names) {
        return new Example(
                PictureView.of(Thumbnail.of(predictions.dataset(), row), SIDE, "test image " + row),
                names.name(predictions.predicted(row)),
                ImageGrid.probability(predictions.confidence(row)),
                predictions.correct(row) ? null : names.name(predictions.label(row)));
    }
}
