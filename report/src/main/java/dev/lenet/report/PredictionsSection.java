package dev.lenet.report;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.inference.Predictions;
import dev.lenet.report.chart.Thumbnail;
import dev.lenet.report.chart.ImageGrid;
import java.util.List;

/** A grid of test images with what the model says of them. */
final class PredictionsSection implements Section {
    private static final int SIDE = 56;

    @Override
    public String id() {
        return "predictions";
    }

    @Override
    public String heading() {
        return "Predictions";
    }

    @Override
    public void write(Html html, ReportData data) {
        Predictions predictions = data.predictions();
        ClassNames names = data.classNames();
        List<Integer> rows = ExampleChoice.of(predictions);
        html.leaf("p", ExampleChoice.caption(predictions, rows), "class", "note");
        html.open("div", "class", "examples");
        for (int row : rows) {
            String says = names.name(predictions.predicted(row));
            html.open("figure", "class", predictions.correct(row) ? "" : "mistaken");
            html.pixels(Thumbnail.of(predictions.images(), row).png(), SIDE, SIDE, "test image " + row);
            html.open("figcaption");
            html.leaf("b", says, "title", says).leaf("small", ImageGrid.probability(predictions.confidence(row)));
            if (!predictions.correct(row)) {
                html.leaf("small", "is " + names.name(predictions.label(row)), "class", "wrong");
            }
            html.close().close();
        }
        html.close();
    }
}
