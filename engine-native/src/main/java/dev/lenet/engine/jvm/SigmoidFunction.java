package dev.lenet.engine.jvm;

/** The logistic function, in double precision and rounded once; and {@code dX = dY * (y * (1 - y))}. */
final class SigmoidFunction implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = (float) (1 / (1 + StrictMath.exp(-x[j])));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            dX[j] = dY[j] * (y[j] * (1 - y[j]));
        }
    }
}
