package dev.lenet.report.chart;

import java.util.ArrayList;
import java.util.List;

/** A named series of points, for example the loss of each step of a training, from left to right. */
public final class Curve {
    /** @param y a value that is not finite is not drawn */
    record Point(double x, double y) {}

    private final String name;
    private final List<Point> points = new ArrayList<>();

    /** @param name for the legend; empty if the chart's title says it */
    public Curve(String name) {
        this.name = name;
    }

    /** Adds a point to the right of the last one. */
    public Curve add(double x, double y) {
        points.add(new Point(x, y));
        return this;
    }

    /** The x of the last point; 0 without points. */
    public double end() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).x();
    }

    /** A running mean: each point's value becomes the mean of the last {@code count} values up to it. */
    public Curve smoothed(int count) {
        Curve smooth = new Curve("mean of " + count);
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            sum += points.get(i).y();
            if (i >= count) {
                sum -= points.get(i - count).y();
            }
            smooth.add(points.get(i).x(), sum / Math.min(i + 1, count));
        }
        return smooth;
    }

    String name() {
        return name;
    }

    /** Those that can be drawn. */
    List<Point> points() {
        return points.stream().filter(point -> Double.isFinite(point.y())).toList();
    }
}
