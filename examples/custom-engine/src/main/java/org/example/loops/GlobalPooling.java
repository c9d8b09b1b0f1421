package org.example.loops;

import dev.lenet.api.network.Network.NamedLayer;

/** The average of each channel: x is [C, H, W], y [C]. */
record GlobalPooling(NamedLayer layer) implements Computation {

    @Override
    public float[] forward(float[] x) {
        float[] y = new float[layer.output().size()];
        int pixels = x.length / y.length;
        for (int i = 0; i < x.length; i++) {
            y[i / pixels] += x[i];
        }
        for (int c = 0; c < y.length; c++) {
            y[c] /= pixels;
        }
        return y;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        float[] dX = new float[x.length];
        int pixels = x.length / y.length;
        for (int i = 0; i < x.length; i++) {
            dX[i] = dY[i / pixels] / pixels;
        }
        return dX;
    }
}
