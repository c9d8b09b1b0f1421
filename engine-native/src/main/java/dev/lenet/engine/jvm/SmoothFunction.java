package dev.lenet.engine.jvm;

import dev.lenet.api.network.SmoothUnit;

/** Any smooth unit, by its formula in double precision, rounded once. */
record SmoothFunction(SmoothUnit unit) implements ElementwiseLayer.Function {

    @Override
    public void forward(float[] x, float[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = (float) unit.value(x[j]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dY, float[] dX) {
        for (int j = 0; j < x.length; j++) {
            dX[j] = (float) (dY[j] * unit.slope(x[j]));
        }
    }
}
