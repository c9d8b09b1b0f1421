package org.example.loops;

/** The same function of every value on its own. */
record Elementwise(Value value, Gradient gradient) implements Computation {
    static final Computation RELU = new Elementwise(x -> Math.max(x, 0), (x, y, dY) -> x > 0 ? dY : 0);
    static final Computation TANH = new Elementwise(x -> (float) StrictMath.tanh(x), (x, y, dY) -> dY * (1 - y * y));
    static final Computation SIGMOID = new Elementwise(x -> (float) sigmoid(x), (x, y, dY) -> dY * (y * (1 - y)));
    static final Computation IDENTITY = new Elementwise(x -> x, (x, y, dY) -> dY);

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** From x to y. */
    interface Value {
        float of(float x);
    }

    /** From dY to dX. */
    interface Gradient {
        float of(float x, float y, float dY);
    }

    @Override
    public float[] forward(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = value.of(x[i]);
        }
        return y;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        float[] dX = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            dX[i] = gradient.of(x[i], y[i], dY[i]);
        }
        return dX;
    }
}
