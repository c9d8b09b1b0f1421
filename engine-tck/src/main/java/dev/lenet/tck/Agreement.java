package dev.lenet.tck;

import dev.lenet.tck.oracle.Approximation;
import java.util.Locale;

/** Compares what an engine computed with what the oracle says, each number within its own bound. */
final class Agreement {
    private Agreement() {}

    /**
     * @param what is compared, for the message
     * @param received row-major
     * @throws AssertionError with the number that is furthest outside its bound, and how many are
     */
    static void check(String what, float[] received, Approximation expected) {
        check(what, received, 0, received.length, expected);
    }

    /** Compares {@code received[offset ... offset + size - 1]}. */
    static void check(String what, float[] received, int offset, int size, Approximation expected) {
        if (size != expected.size() || offset + size > received.length) {
            throw new AssertionError(
                    what + ": expected " + expected.size() + " values, received " + Math.min(size, received.length));
        }
        int outside = 0;
        int worst = 0;
        double worstExcess = 0;
        for (int i = 0; i < size; i++) {
            double excess = excess(received[offset + i], expected.value(i), expected.error(i));
            if (excess > 0) {
                outside++;
            }
            if (excess > worstExcess) {
                worst = i;
                worstExcess = excess;
            }
        }
        if (outside > 0) {
            throw new AssertionError(String.format(
                    Locale.ROOT,
                    "%s: %d of %d values are further from the exact result than float32 explains.%n"
                            + "Worst is value %d: expected %s, at most %s away; received %s, which is %s away.",
                    what,
                    outside,
                    size,
                    worst,
                    expected.value(worst),
                    expected.error(worst),
                    received[offset + worst],
                    Math.abs(received[offset + worst] - expected.value(worst))));
        }
    }

    /** How far outside its bound a number is; 0 inside it. */
    private static double excess(float received, double expected, double error) {
        if (Double.isNaN(expected)) {
            return Float.isNaN(received) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Double.isNaN(error)) {
            throw new IllegalStateException(
                    "The oracle is broken: expected a bound for " + expected + ", received NaN.");
        }
        if (error == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double difference = Math.abs(received - expected);
        return difference <= error ? 0 : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference - error;
    }
}
