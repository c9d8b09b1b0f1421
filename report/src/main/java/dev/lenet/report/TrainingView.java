package dev.lenet.report;

import dev.lenet.report.TrainingHistory.Epoch;
import dev.lenet.report.chart.LineChart;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The section on how the training went: losses, accuracy, learning rate.
 *
 * @param charts SVG
 * @param note empty for none
 * @param rows one for each epoch; none if nothing is known of the training
 */
record TrainingView(List<String> charts, String note, List<Row> rows) {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 250;

    record Row(
            String epoch,
            String trainingLoss,
            String validationLoss,
            String validationAccuracy,
            String imagesPerSecond,
            String seconds) {
        static Row of(Epoch epoch) {
            @Nullable Double loss = epoch.validationLoss();
            @Nullable Double accuracy = epoch.validationAccuracy();
            return new Row(
                    String.valueOf(epoch.epoch()),
                    Numbers.decimals(epoch.trainLoss(), 4),
                    loss == null ? "–" : Numbers.decimals(loss, 4),
                    accuracy == null ? "–" : Numbers.percent(accuracy),
                    Numbers.count(Math.round(epoch.imagesPerSecond())),
                    Numbers.decimals(epoch.seconds(), 1));
        }
    }

    static TrainingView of(ReportData data) {
        @Nullable TrainingHistory history = data.history();
        if (history == null) {
            return new TrainingView(List.of(), "", List.of());
        }
        Stream<LineChart> charts = Stream.of(
                TrainingCharts.loss(history),
                TrainingCharts.accuracy(history, data.evaluation().accuracy()),
                TrainingCharts.learningRate(history));
        return new TrainingView(
                charts.map(chart -> chart.size(WIDTH, HEIGHT).svg()).toList(),
                history.note(),
                history.epochs().stream().map(Row::of).toList());
    }
}
