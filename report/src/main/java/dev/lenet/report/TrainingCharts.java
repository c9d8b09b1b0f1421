package dev.lenet.report;

import dev.lenet.report.TrainingHistory.Epoch;
import dev.lenet.report.chart.Chart;
import dev.lenet.report.chart.Curve;
import dev.lenet.report.chart.LineChart;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The learning curves of a run. */
final class TrainingCharts {
    /** Where losses differ by more than this factor, a linear axis would show those of the last epochs as one line. */
    private static final double LOGARITHMIC = 8;

    private static final int PICTURE_WIDTH = 475;
    private static final int PICTURE_HEIGHT = 360;

    private TrainingCharts() {}

    /** {@code curves.png}: loss and accuracy over the epochs. */
    static Chart picture(ReportData data) {
        @Nullable TrainingHistory history = data.history();
        if (history == null) {
            return new LineChart("epoch", "no curves: this is a model file alone, which has no history")
                    .size(2 * PICTURE_WIDTH, PICTURE_HEIGHT)
                    .counted();
        }
        return loss(history)
                .size(PICTURE_WIDTH, PICTURE_HEIGHT)
                .beside(accuracy(history, data.evaluation().accuracy()).size(PICTURE_WIDTH, PICTURE_HEIGHT));
    }

    static LineChart loss(TrainingHistory history) {
        Curve training = curve("training", history, Epoch::trainLoss);
        Curve validation = curve("validation", history, Epoch::validationLoss);
        LineChart chart = new LineChart("epoch", "loss").counted().marked(training);
        if (validated(history)) {
            chart.marked(validation);
        }
        double least = losses(history).min().orElse(0);
        double largest = losses(history).max().orElse(1);
        return least > 0 && largest / least > LOGARITHMIC ? chart.logarithmic() : chart;
    }

    /** Of the validation, and of the test after the last epoch as a level to compare it with. */
    static LineChart accuracy(TrainingHistory history, double test) {
        LineChart chart = new LineChart("epoch", "accuracy")
                .counted()
                .upTo(history.epochs().size())
                .percent()
                .level("test, at the end", test);
        return validated(history) ? chart.marked(curve("validation", history, Epoch::validationAccuracy)) : chart;
    }

    static LineChart learningRate(TrainingHistory history) {
        List<Double> rates = history.learningRates();
        double end = history.epochs().size();
        Curve curve = new Curve("");
        for (int i = 0; i < rates.size(); i++) {
            curve.add(rates.size() == 1 ? 0 : i * end / (rates.size() - 1), rates.get(i));
        }
        return new LineChart("epochs", "learning rate").line(curve).fromZero().upTo(end);
    }

    private static boolean validated(TrainingHistory history) {
        return history.epochs().stream().anyMatch(epoch -> epoch.validationLoss() != null);
    }

    private static DoubleStream losses(TrainingHistory history) {
        return history.epochs().stream()
                .flatMapToDouble(epoch -> DoubleStream.of(epoch.trainLoss(), orNaN(epoch.validationLoss())))
                .filter(Double::isFinite);
    }

    private static Curve curve(String name, TrainingHistory history, Function<Epoch, @Nullable Double> value) {
        Curve curve = new Curve(name);
        history.epochs().forEach(epoch -> curve.add(epoch.epoch(), orNaN(value.apply(epoch))));
        return curve;
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
