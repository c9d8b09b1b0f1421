package dev.lenet.engine.jvm;

/** What is done to every value on its own, in whatever layout: rows in, rows out. */
final class Elementwise {
    private Elementwise() {}

    /** {@code x = max(x, 0)}, in place. A NaN stays one. */
    static void relu(float[][] rows) {
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.max(row[j], 0);
            }
        }
    }

    /** {@code dY = y > 0 ? dY : 0}, in place. */
    static void reluBackward(float[][] y, float[][] dY) {
        for (int r = 0; r < y.length; r++) {
            float[] values = y[r];
            float[] gradients = dY[r];
            for (int j = 0; j < values.length; j++) {
                gradients[j] = values[j] > 0 ? gradients[j] : 0;
            }
        }
    }

    /** {@code y = tanh(x)}. */
    static void tanh(float[][] x, float[][] y) {
        for (int r = 0; r < x.length; r++) {
            for (int j = 0; j < x[r].length; j++) {
                y[r][j] = (float) Math.tanh(x[r][j]);
            }
        }
    }

    /** {@code dX = dY * (1 - y * y)}. */
    static void tanhBackward(float[][] y, float[][] dY, float[][] dX) {
        for (int r = 0; r < y.length; r++) {
            for (int j = 0; j < y[r].length; j++) {
                dX[r][j] = dY[r][j] * (1 - y[r][j] * y[r][j]);
            }
        }
    }

    /** {@code to = from}. */
    static void copy(float[][] from, float[][] to) {
        for (int r = 0; r < from.length; r++) {
            System.arraycopy(from[r], 0, to[r], 0, from[r].length);
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
