package dev.lenet.engine.jvm;

/** The hyperbolic tangent, and {@code dX = dY * (1 - y * y)}. */
final class TanhFunction implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = (float) StrictMath.tanh(x[j]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            dX[j] = dY[j] * (1 - y[j] * y[j]);
        }
    }
}
