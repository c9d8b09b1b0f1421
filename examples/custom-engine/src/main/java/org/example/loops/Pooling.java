package org.example.loops;

import dev.lenet.api.network.Network.NamedLayer;

/** Square windows that slide over each channel of x [C, H, W]; each gives one value of y [C, P, Q]. */
record Pooling(NamedLayer layer, int size, int stride) {

    /** Where in x the values are that y[i] is made of, row by row. */
    private int[] window(int i) {
        int height = layer.input().dimension(1);
        int width = layer.input().dimension(2);
        int rows = layer.output().dimension(1);
        int columns = layer.output().dimension(2);
        int c = i / columns / rows;
        int corner = (c * height + i / columns % rows * stride) * width + i % columns * stride;
        int[] window = new int[size * size];
        for (int k = 0; k < window.length; k++) {
            window[k] = corner + k / size * width + k % size;
        }
        return window;
    }

    /** The largest value of each window. */
    record Max(Pooling pooling) implements Computation {

        @Override
        public float[] forward(float[] x) {
            float[] y = new float[pooling.layer.output().size()];
            for (int i = 0; i < y.length; i++) {
                y[i] = x[largest(x, pooling.window(i))];
            }
            return y;
        }

        @Override
        public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
            float[] dX = new float[x.length];
            for (int i = 0; i < y.length; i++) {
                dX[largest(x, pooling.window(i))] += dY[i];
            }
            return dX;
        }

        /** Where the largest value is, the first of equal ones; a NaN counts as larger than any. */
        private static int largest(float[] x, int[] window) {
            int largest = window[0];
            for (int at : window) {
                if (x[at] > x[largest] || Float.isNaN(x[at])) {
                    largest = at;
                }
            }
            return largest;
        }
    }

    /** The mean of each window. */
    record Average(Pooling pooling) implements Computation {

        @Override
        public float[] forward(float[] x) {
            float[] y = new float[pooling.layer.output().size()];
            for (int i = 0; i < y.length; i++) {
                int[] window = pooling.window(i);
                for (int at : window) {
                    y[i] += x[at];
                }
                y[i] /= window.length;
            }
            return y;
        }

        @Override
        public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
            float[] dX = new float[x.length];
            for (int i = 0; i < y.length; i++) {
                int[] window = pooling.window(i);
                for (int at : window) {
                    dX[at] += dY[i] / window.length;
                }
            }
            return dX;
        }
    }
}
