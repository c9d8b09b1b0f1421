package org.example.loops;

import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;

/** Batch normalisation, see {@link BatchNorm2d}: each x and y is [C, H, W]. Sums are in double precision. */
record BatchNormalisation(NamedLayer layer, BatchNorm2d norm, Parameters weights) implements Computation {

    /** A prediction, with the running mean and variance. */
    @Override
    public float[] forward(float[] x) {
        float[] mean = weights.get(layer.name() + ".running_mean");
        float[] variance = weights.get(layer.name() + ".running_var");
        float[] y = new float[x.length];
        int pixels = x.length / mean.length;
        for (int i = 0; i < x.length; i++) {
            int c = i / pixels;
            double h = (x[i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon());
            y[i] = (float) (weights.weight(layer)[c] * h + weights.bias(layer)[c]);
        }
        return y;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        throw new UnsupportedOperationException("a batch is normalised as a whole");
    }

    @Override
    public BatchComputation onBatch(long seed, long updates, Parameters kept) {
        return new BatchComputation() {
            @Override
            public List<float[]> forward(List<float[]> x) {
                List<float[]> y = x.stream().map(each -> new float[each.length]).toList();
                for (int c = 0; c < channels(); c++) {
                    Moments moments = moments(x, c);
                    keep(kept, c, moments);
                    for (int n = 0; n < x.size(); n++) {
                        for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                            double h = (x.get(n)[i] - moments.mean()) * inverse(moments);
                            y.get(n)[i] = (float) (weights.weight(layer)[c] * h + weights.bias(layer)[c]);
                        }
                    }
                }
                return y;
            }

            @Override
            public List<float[]> backward(List<float[]> x, List<float[]> y, List<float[]> dY, Parameters gradients) {
                List<float[]> dX =
                        x.stream().map(each -> new float[each.length]).toList();
                for (int c = 0; c < channels(); c++) {
                    backwardChannel(x, dY, c, gradients, dX);
                }
                return dX;
            }
        };
    }

    private int channels() {
        return layer.input().dimension(0);
    }

    private int pixels() {
        return layer.input().size() / channels();
    }

    /** Of the values of one channel in a whole batch. */
    private record Moments(double mean, double variance, int count) {}

    private Moments moments(List<float[]> x, int c) {
        int count = x.size() * pixels();
        double sum = 0;
        for (float[] example : x) {
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                sum += example[i];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (float[] example : x) {
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                squares += (example[i] - mean) * (example[i] - mean);
            }
        }
        return new Moments(mean, squares / count, count);
    }

    private double inverse(Moments moments) {
        return 1 / Math.sqrt(moments.variance() + norm.epsilon());
    }

    /** What the running mean and variance become if this is a step. */
    private void keep(Parameters kept, int c, Moments moments) {
        double unbiased = moments.variance() * moments.count() / Math.max(moments.count() - 1, 1);
        move(kept, layer.name() + ".running_mean", c, moments.mean());
        move(kept, layer.name() + ".running_var", c, unbiased);
    }

    private void move(Parameters kept, String name, int c, double value) {
        double share = norm.momentum();
        kept.get(name)[c] = (float) ((1 - share) * weights.get(name)[c] + share * value);
    }

    private void backwardChannel(List<float[]> x, List<float[]> dY, int c, Parameters gradients, List<float[]> dX) {
        Moments moments = moments(x, c);
        double inverse = inverse(moments);
        double sum = 0;
        double product = 0;
        for (int n = 0; n < x.size(); n++) {
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                sum += dY.get(n)[i];
                product += dY.get(n)[i] * (x.get(n)[i] - moments.mean()) * inverse;
            }
        }
        gradients.weight(layer)[c] += product;
        gradients.bias(layer)[c] += sum;
        double scale = weights.weight(layer)[c] * inverse;
        for (int n = 0; n < x.size(); n++) {
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                double h = (x.get(n)[i] - moments.mean()) * inverse;
                double difference = dY.get(n)[i] - (sum + h * product) / moments.count();
                dX.get(n)[i] = (float) (scale * difference);
            }
        }
    }
}
