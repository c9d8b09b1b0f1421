package org.example.loops;

import dev.lenet.api.network.Network.NamedLayer;

/**
 * A linear layer as its formula stands, see {@link dev.lenet.api.network.Linear}.
 *
 * <p>x is [features], y [outputs], the weight [outputs, features] and the bias [outputs].
 */
record FullyConnected(NamedLayer layer, Parameters weights) implements Computation {

    @Override
    public float[] forward(float[] x) {
        float[] weight = weights.weight(layer);
        float[] y = weights.bias(layer).clone();
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += weight[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        float[] weight = weights.weight(layer);
        float[] dWeight = gradients.weight(layer);
        float[] dBias = gradients.bias(layer);
        float[] dX = new float[x.length];
        for (int o = 0; o < y.length; o++) {
            dBias[o] += dY[o];
            for (int i = 0; i < x.length; i++) {
                dWeight[o * x.length + i] += dY[o] * x[i];
                dX[i] += dY[o] * weight[o * x.length + i];
            }
        }
        return dX;
    }
}
