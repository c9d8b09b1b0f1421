package dev.lenet.report;

import dev.lenet.api.Shape;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Rejection;
import dev.lenet.report.RobustnessView.Sample;
import dev.lenet.report.chart.Thumbnail;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The section on images of no class: how often the model doubts them, and some of them. */
record RejectionView(String familiar, String doubted, String auroc, List<Row> rows) {
    private static final int SHOWN = 8;
    private static final int SIDE = 32;

    record Row(String kind, String taken, String auroc, String falsePositives, List<Sample> samples) {}

    /** Null if it was not measured. */
    static @Nullable RejectionView of(ReportData data) {
        @Nullable Rejection rejection = data.rejection();
        if (rejection == null) {
            return null;
        }
        return new RejectionView(
                Numbers.count(rejection.familiar().size()),
                Numbers.percent(rejection.doubted()),
                Numbers.decimals(rejection.auroc(), 4),
                rejection.kinds().stream()
                        .map(kind -> row(kind, rejection, data))
                        .toList());
    }

    private static Row row(Rejection.Kind kind, Rejection rejection, ReportData data) {
        return new Row(
                kind.name(),
                Numbers.percent(kind.taken()),
                Numbers.decimals(rejection.auroc(kind), 4),
                Numbers.percent(rejection.falsePositiveRate(kind)),
                IntStream.range(0, Math.min(SHOWN, kind.images().size()))
                        .mapToObj(i -> sample(
                                kind, i, data.network().input(), kind.answers().get(i)))
                        .toList());
    }

    private static Sample sample(Rejection.Kind kind, int index, Shape shape, Classification answer) {
        Thumbnail image = new Thumbnail(
                shape.dimension(2), shape.dimension(1), kind.images().get(index));
        String title = (answer.doubtful() ? "doubtful, perhaps " : "taken for ") + answer;
        return new Sample(PictureView.of(image, SIDE, kind.name() + ", " + title), !answer.doubtful(), title);
    }
}
