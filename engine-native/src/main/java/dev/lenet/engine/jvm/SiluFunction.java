package dev.lenet.engine.jvm;

/** {@code y = x * s} and {@code dX = dY * s * (1 + x * (1 - s))}, s being the sigmoid; in double precision, rounded once. */
final class SiluFunction implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = (float) (x[j] / (1 + StrictMath.exp(-x[j])));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            double s = 1 / (1 + StrictMath.exp(-x[j]));
            dX[j] = (float) (dY[j] * s * (1 + x[j] * (1 - s)));
        }
    }
}
