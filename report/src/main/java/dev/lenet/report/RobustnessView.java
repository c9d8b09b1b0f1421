package dev.lenet.report;

import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Robustness;
import dev.lenet.report.ClassesView.Bar;
import dev.lenet.report.chart.Thumbnail;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The section on corrupted test images: how many of each kind are read rightly, and some of them. */
record RobustnessView(String images, String mean, String error, List<Row> rows) {
    private static final int SHOWN = 8;
    private static final int SIDE = 32;

    record Row(String kind, Bar bar, List<Sample> samples) {}

    /** @param title the class, and what it was read as where that is another */
    record Sample(PictureView picture, boolean wrong, String title) {}

    /** Null if it was not measured. */
    static @Nullable RobustnessView of(ReportData data) {
        @Nullable Robustness robustness = data.robustness();
        if (robustness == null) {
            return null;
        }
        List<Row> rows = robustness.predictions().entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), data))
                .toList();
        int images = robustness.predictions().values().iterator().next().count();
        return new RobustnessView(
                Numbers.count(images),
                Numbers.percent(robustness.accuracy()),
                Numbers.decimals(robustness.calibrationError(), 3),
                rows);
    }

    private static Row row(Corruption kind, Predictions predictions, ReportData data) {
        double accuracy = predictions.evaluation().accuracy();
        return new Row(
                kind.title(),
                Bar.of(accuracy, 0, Numbers.percent(accuracy)),
                IntStream.range(0, Math.min(SHOWN, predictions.count()))
                        .mapToObj(row -> sample(kind, predictions, row, data))
                        .toList());
    }

    private static Sample sample(Corruption kind, Predictions predictions, int row, ReportData data) {
        String title = data.classNames().name(predictions.label(row));
        boolean wrong = !predictions.correct(row);
        if (wrong) {
            title += ", read as " + data.classNames().name(predictions.predicted(row));
        }
        return new Sample(
                PictureView.of(Thumbnail.of(predictions.dataset(), row), SIDE, title + ", " + kind.title()),
                wrong,
                title);
    }
}
