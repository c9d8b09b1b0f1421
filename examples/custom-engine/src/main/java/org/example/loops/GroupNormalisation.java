package org.example.loops;

import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.Network.NamedLayer;

/** Group normalisation, see {@link GroupNorm}: x and y are [C, H, W]. Sums are in double precision. */
record GroupNormalisation(NamedLayer layer, GroupNorm norm, Parameters weights) implements Computation {

    /** Of the values of one group. */
    private record Moments(double mean, double inverse) {}

    private Moments moments(float[] x, int group) {
        int size = x.length / norm.groups();
        double sum = 0;
        for (int i = group * size; i < (group + 1) * size; i++) {
            sum += x[i];
        }
        double mean = sum / size;
        double squares = 0;
        for (int i = group * size; i < (group + 1) * size; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
        }
        return new Moments(mean, 1 / Math.sqrt(squares / size + norm.epsilon()));
    }

    @Override
    public float[] forward(float[] x) {
        float[] weight = weights.weight(layer);
        float[] bias = weights.bias(layer);
        float[] y = new float[x.length];
        int pixels = x.length / weight.length;
        int size = x.length / norm.groups();
        for (int group = 0; group < norm.groups(); group++) {
            Moments moments = moments(x, group);
            for (int i = group * size; i < (group + 1) * size; i++) {
                double h = (x[i] - moments.mean()) * moments.inverse();
                y[i] = (float) (weight[i / pixels] * h + bias[i / pixels]);
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
        int pixels = x.length / weight.length;
        int size = x.length / norm.groups();
        for (int group = 0; group < norm.groups(); group++) {
            Moments moments = moments(x, group);
            double sum = 0;
            double product = 0;
            for (int i = group * size; i < (group + 1) * size; i++) {
                double h = (x[i] - moments.mean()) * moments.inverse();
                dWeight[i / pixels] += dY[i] * h;
                dBias[i / pixels] += dY[i];
                sum += weight[i / pixels] * dY[i];
                product += weight[i / pixels] * dY[i] * h;
            }
            for (int i = group * size; i < (group + 1) * size; i++) {
                double h = (x[i] - moments.mean()) * moments.inverse();
                double difference = weight[i / pixels] * dY[i] - sum / size - h * product / size;
                dX[i] = (float) (difference * moments.inverse());
            }
        }
        return dX;
    }
}
