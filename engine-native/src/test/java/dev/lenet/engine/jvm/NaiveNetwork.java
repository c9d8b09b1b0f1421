package dev.lenet.engine.jvm;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the fast stages are tested against: the formulas of the layers' Javadoc as plain loops over one example, in
 * double precision.
 */
final class NaiveNetwork {
    private final Network network;
    private final Map<String, double[]> parameters = new HashMap<>();

    NaiveNetwork(Network network, Weights weights) {
        this.network = network;
        weights.tensors().forEach((name, tensor) -> parameters.put(name, toDoubles(tensor.values())));
    }

    /** The values of a parameter, which may be changed. */
    double[] parameter(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    /** The logits of one example. */
    double[] predict(double[] example) {
        return run(example, 0, -1, 0);
    }

    /** The mean loss of a batch in training step {@code step}, dropout included. */
    double loss(double[][] examples, int[] labels, long seed, long step) {
        double loss = 0;
        for (int i = 0; i < examples.length; i++) {
            double[] logits = run(examples[i], seed, step, i);
            double largest = Arrays.stream(logits).max().orElseThrow();
            double sum = Arrays.stream(logits).map(z -> Math.exp(z - largest)).sum();
            loss += largest + Math.log(sum) - logits[labels[i]];
        }
        return loss / examples.length;
    }

    private double[] run(double[] example, long seed, long step, int image) {
        double[] x = example;
        for (NamedLayer layer : network.layers()) {
            if (layer.spec() instanceof Dropout dropout && step >= 0) {
                RandomStream mask = Dropout.mask(seed, layer.name(), step);
                double[] y = new double[x.length];
                for (int i = 0; i < y.length; i++) {
                    boolean kept = mask.uniform((long) image * y.length + i) >= dropout.rate();
                    y[i] = kept ? x[i] * dropout.scale() : 0;
                }
                x = y;
            } else {
                x = forward(layer, x);
            }
        }
        return x;
    }

    /** One layer, one example, as in prediction. */
    double[] forward(NamedLayer layer, double[] x) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            return convolve(layer, conv, x);
        }
        if (spec instanceof Linear) {
            return multiply(layer, x);
        }
        if (spec instanceof MaxPool2d pool) {
            return pool(layer, x, pool.kernelSize(), pool.stride(), true);
        }
        if (spec instanceof AvgPool2d pool) {
            return pool(layer, x, pool.kernelSize(), pool.stride(), false);
        }
        if (spec instanceof Relu) {
            return Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
        }
        if (spec instanceof Tanh) {
            return Arrays.stream(x).map(Math::tanh).toArray();
        }
        return x;
    }

    private double[] convolve(NamedLayer layer, Conv2d conv, double[] x) {
        double[] weight = parameter(layer.name() + ".weight");
        double[] bias = parameter(layer.name() + ".bias");
        Shape in = layer.input();
        Shape out = layer.output();
        int k = conv.kernelSize();
        double[] y = new double[out.size()];
        for (int o = 0; o < out.dimension(0); o++) {
            for (int i = 0; i < out.dimension(1); i++) {
                for (int j = 0; j < out.dimension(2); j++) {
                    double sum = bias[o];
                    for (int c = 0; c < in.dimension(0); c++) {
                        for (int u = 0; u < k; u++) {
                            for (int v = 0; v < k; v++) {
                                int row = i * conv.stride() + u - conv.padding();
                                int column = j * conv.stride() + v - conv.padding();
                                boolean inside =
                                        row >= 0 && row < in.dimension(1) && column >= 0 && column < in.dimension(2);
                                double value = inside ? x[(c * in.dimension(1) + row) * in.dimension(2) + column] : 0;
                                sum += value * weight[((o * in.dimension(0) + c) * k + u) * k + v];
                            }
                        }
                    }
                    y[(o * out.dimension(1) + i) * out.dimension(2) + j] = sum;
                }
            }
        }
        return y;
    }

    private double[] multiply(NamedLayer layer, double[] x) {
        double[] weight = parameter(layer.name() + ".weight");
        double[] y = parameter(layer.name() + ".bias").clone();
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += weight[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private static double[] pool(NamedLayer layer, double[] x, int k, int stride, boolean max) {
        Shape in = layer.input();
        Shape out = layer.output();
        double[] y = new double[out.size()];
        for (int c = 0; c < out.dimension(0); c++) {
            for (int i = 0; i < out.dimension(1); i++) {
                for (int j = 0; j < out.dimension(2); j++) {
                    double largest = Double.NEGATIVE_INFINITY;
                    double sum = 0;
                    for (int u = 0; u < k; u++) {
                        for (int v = 0; v < k; v++) {
                            int row = i * stride + u;
                            double value = x[(c * in.dimension(1) + row) * in.dimension(2) + j * stride + v];
                            largest = Math.max(largest, value);
                            sum += value;
                        }
                    }
                    y[(c * out.dimension(1) + i) * out.dimension(2) + j] = max ? largest : sum / (k * k);
                }
            }
        }
        return y;
    }

    static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
