package dev.lenet.engine.jvm;

/** A rectifier by itself; where one follows a convolution or a fully connected layer, a block computes both together. */
final class ReluFunction implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = Math.max(x[j], 0);
        }
    }

    @Override
    public void inPlace(float[] x) {
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.max(x[j], 0);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            dX[j] = dY[j] * Math.min(1, y[j] * Elementwise.HUGE * Elementwise.HUGE);
        }
    }
}
