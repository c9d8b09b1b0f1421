package dev.lenet.engine.jvm;

/**
 * The leaky rectifier.
 *
 * @param slope below 1, so that the larger of x and slope * x is the right one
 */
record LeakyReluFunction(float slope) implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = Math.max(x[j], slope * x[j]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            dX[j] = x[j] > 0 ? dY[j] : slope * dY[j];
        }
    }
}
