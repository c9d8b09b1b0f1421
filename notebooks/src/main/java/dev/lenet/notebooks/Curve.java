package dev.lenet.notebooks;

import java.util.ArrayList;
import java.util.List;

/** A number that is followed through a run. */
public final class Curve {

    record Point(double x, double y) {}

    private final String name;
    private final List<Point> points = new ArrayList<>();

    public Curve(String name) {
        this.name = name;
    }

    /** Adds a point to the right of the last one. */
    public void add(double x, double y) {
        points.add(new Point(x, y));
    }

    /** Where the last point is; 0 without points. */
    public double end() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).x();
    }

    /** Each point's mean with those before it, {@code count} in all. */
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

    List<Point> points() {
        return points;
    }
}
