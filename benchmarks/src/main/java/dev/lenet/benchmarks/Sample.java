package dev.lenet.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Measurements of one thing. */
record Sample(double... values) {
    Sample {
        if (values.length == 0) {
            throw new IllegalArgumentException("Sample: expected at least one value, received none");
        }
        values = values.clone();
        Arrays.sort(values);
    }

    double median() {
        return quantile(0.5);
    }

    double min() {
        return values[0];
    }

    double max() {
        return values[values.length - 1];
    }

    /** The smallest value that at least this share of the values does not exceed. */
    double quantile(double share) {
        return values[Math.max(0, (int) Math.ceil(share * values.length) - 1)];
    }

    /** Median and spread, for example {@code 1.80 (1.76-1.93)}, both formatted alike. */
    String show(String format) {
        return String.format(Locale.ROOT, format, median())
                + String.format(Locale.ROOT, " (" + format + "–" + format + ")", min(), max());
    }
}
