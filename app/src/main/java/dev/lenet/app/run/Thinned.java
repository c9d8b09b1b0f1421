package dev.lenet.app.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

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

    /** Point {@code i} is the mean of the steps {@code first + i * stride} and the following. */
    JsonObject toJson() {
        JsonArray values = new JsonArray();
        for (int i = 0; i < filled; i++) {
            if (Double.isFinite(points[i])) {
                // As many digits as a picture has use for.
                values.add((float) points[i]);
            } else {
                values.add(JsonNull.INSTANCE);
            }
        }
        JsonObject json = new JsonObject();
        json.addProperty("first", first);
        json.addProperty("stride", stride);
        json.add("values", values);
        return json;
    }
}
