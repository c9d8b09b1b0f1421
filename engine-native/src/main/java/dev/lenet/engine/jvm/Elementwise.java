package dev.lenet.engine.jvm;

/**
 * What is done to every value on its own, in whatever layout: rows in, rows out.
 *
 * <p>C2 does not vectorise a loop that chooses, only one that computes. So conditions are computed: a positive float is
 * at least 2^-149, so times {@link #HUGE} twice it is above 1, and {@code min(1, x * HUGE * HUGE)} is 1 or 0. Overflow
 * to infinity is harmless there.
 */
final class Elementwise {
    static final float HUGE = 0x1p100f;

    private Elementwise() {}

    /** {@code x = max(x, 0)}, in place. A NaN stays one. */
    static void relu(float[][] rows) {
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.max(row[j], 0);
            }
        }
    }

    /**
     * {@code dY = y > 0 ? dY : 0}, in place.
     *
     * @param y rectified values, none below 0
     */
    static void reluBackward(float[][] y, float[][] dY) {
        for (int r = 0; r < y.length; r++) {
            keepWherePositive(y[r], dY[r]);
        }
    }

    private static void keepWherePositive(float[] values, float[] gradients) {
        for (int j = 0; j < values.length; j++) {
            gradients[j] = gradients[j] * Math.min(1, values[j] * HUGE * HUGE);
        }
    }

    /** {@code largest = max(largest, x)}, in place. */
    static void max(float[] largest, float[] x) {
        for (int j = 0; j < largest.length; j++) {
            largest[j] = Math.max(largest[j], x[j]);
        }
    }

    /**
     * {@code winner = number} where a value is the largest. Called from the last place of the windows to the first, it
     * leaves the first of equals.
     *
     * @param x [J] values, none above the largest; overwritten
     * @param largest [J] with which they are compared
     * @param winner [J] finite, updated
     */
    static void claimWhereEqual(float[] x, float[] largest, float number, float[] winner) {
        for (int j = 0; j < winner.length; j++) {
            x[j] = Math.max(0, 1 + (x[j] - largest[j]) * HUGE * HUGE);
        }
        // In a loop of its own: C2 makes no vector instructions of one that writes to several arrays.
        for (int j = 0; j < winner.length; j++) {
            winner[j] = winner[j] + (number - winner[j]) * x[j];
        }
    }

    /** {@code average = x + share * (average - x)}. */
    static void moveFrom(float[] average, float[] x, float share) {
        for (int j = 0; j < average.length; j++) {
            average[j] = x[j] + share * (average[j] - x[j]);
        }
    }

    /** {@code out = in * factors}. */
    static void multiply(float[][] in, float[][] factors, float[][] out) {
        for (int r = 0; r < in.length; r++) {
            for (int j = 0; j < in[r].length; j++) {
                out[r][j] = in[r][j] * factors[r][j];
            }
        }
    }
}
