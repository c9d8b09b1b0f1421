package dev.lenet.app.storage;

import dev.lenet.app.storage.Progress.Curve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A curve of bounded length, however long the run: once it is full, two neighbours become their mean, and from then on a
 * point is of twice as many values.
 */
final class Thinned {
    static final int MOST_POINTS = 256;

    private final long first;
    private final double[] points = new double[MOST_POINTS];
    private int filled;
    private int stride = 1;
    private double sum;
    private int summed;

    /** @param first the step of the first value */
    Thinned(long first) {
        this.first = first;
    }

    void add(double value) {
        sum += value;
        if (++summed < stride) {
            return;
        }
        points[filled++] = sum / stride;
        sum = 0;
        summed = 0;
        if (filled == MOST_POINTS) {
            filled /= 2;
            stride *= 2;
            for (int i = 0; i < filled; i++) {
                points[i] = (points[2 * i] + points[2 * i + 1]) / 2;
            }
        }
    }

    Curve toCurve() {
        List<@Nullable Float> values = new ArrayList<>();
        for (int i = 0; i < filled; i++) {
            // As many digits as a picture has use for.
            values.add(Double.isFinite(points[i]) ? (Float) (float) points[i] : null);
        }
        return new Curve(first, stride, values);
    }
}
