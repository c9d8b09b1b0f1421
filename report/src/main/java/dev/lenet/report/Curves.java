package dev.lenet.report;

import dev.lenet.report.chart.Axis;
import dev.lenet.report.chart.Ink;
import dev.lenet.report.chart.LineChart;
import dev.lenet.report.chart.LineChart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The charts of a run's course. */
final class Curves {
    /** Where losses differ by more than this factor, a linear axis would show those of the last epochs as one line. */
    private static final double LOGARITHMIC = 8;

    private Curves() {}

    static LineChart loss(Course course) {
        List<Series> series = new ArrayList<>();
        series.add(measured(
                "training",
                Ink.FIRST,
                course,
                Epoch::trainingLoss,
                (epoch, value) -> String.format(Locale.ROOT, "epoch %d: training loss %.4f", epoch, value)));
        series.add(measured(
                "validation",
                Ink.SECOND,
                course,
                epoch -> orNaN(epoch.validationLoss()),
                (epoch, value) -> String.format(Locale.ROOT, "epoch %d: validation loss %.4f", epoch, value)));
        series.removeIf(each -> each.xs().length == 0);
        double least = values(series).min().orElse(0);
        double largest = values(series).max().orElse(1);
        Axis vertical = least > 0 && largest / least > LOGARITHMIC
                ? Axis.logarithmic(least, largest)
                : Axis.linear(least, largest, Axis::number);
        return new LineChart(epochs(course), vertical, "epoch", series);
    }

    /** Of the validation, and of the test after the last epoch as a level to hold beside it. */
    static LineChart accuracy(Course course, double test) {
        Axis horizontal = epochs(course);
        List<Series> series = new ArrayList<>();
        series.add(measured(
                "validation",
                Ink.SECOND,
                course,
                epoch -> orNaN(epoch.validationAccuracy()),
                (epoch, value) ->
                        String.format(Locale.ROOT, "epoch %d: validation accuracy %.2f %%", epoch, 100 * value)));
        series.add(Series.level("test, at the end", Ink.FIRST, horizontal, test));
        series.removeIf(each -> each.xs().length == 0);
        Axis vertical = Axis.linear(
                values(series).min().orElse(0),
                values(series).max().orElse(1),
                (value, step) -> Axis.number(100 * value, 100 * step) + " %");
        return new LineChart(horizontal, vertical, "epoch", series);
    }

    static LineChart learningRate(Course course) {
        List<Double> rates = course.learningRates();
        double[] ys = rates.stream().mapToDouble(Double::doubleValue).toArray();
        double end = course.epochs().size();
        double[] xs = IntStream.range(0, ys.length)
                .mapToDouble(i -> ys.length == 1 ? 0 : i * end / (ys.length - 1))
                .toArray();
        Axis vertical = Axis.linear(0, DoubleStream.of(ys).max().orElse(1), Axis::number);
        Axis horizontal = Axis.between(0, end, Axis::number);
        return new LineChart(horizontal, vertical, "epochs", List.of(Series.computed("", Ink.FIRST, xs, ys)));
    }

    private interface Tip {
        String of(int epoch, double value);
    }

    private static Series measured(String name, Ink ink, Course course, ToDoubleFunction<Epoch> value, Tip tip) {
        List<Epoch> known = course.epochs().stream()
                .filter(epoch -> Double.isFinite(value.applyAsDouble(epoch)))
                .toList();
        double[] xs = known.stream().mapToDouble(Epoch::number).toArray();
        double[] ys = known.stream().mapToDouble(value).toArray();
        List<String> tips = IntStream.range(0, xs.length)
                .mapToObj(i -> tip.of((int) xs[i], ys[i]))
                .toList();
        return Series.measured(name, ink, xs, ys, tips);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static Axis epochs(Course course) {
        return Axis.counting(course.epochs().size());
    }

    private static DoubleStream values(List<Series> series) {
        return series.stream().flatMapToDouble(each -> DoubleStream.of(each.ys()));
    }
}
