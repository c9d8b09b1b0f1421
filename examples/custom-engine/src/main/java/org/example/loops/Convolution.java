package org.example.loops;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;

/**
 * A convolution as its formula stands, see {@link Conv2d}.
 *
 * <p>x is [C, H, W], y [F, P, Q], the weight [F, C / groups, K, L] and the bias, if there is one, [F].
 */
record Convolution(NamedLayer layer, Conv2d conv, Parameters weights) implements Computation {

    @Override
    public float[] forward(float[] x) {
        float[] weight = weights.weight(layer);
        float[] bias = bias(weights);
        float[] y = new float[layer.output().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[filter(i)];
        }
        forEachRow((i, tap, pixel, length) -> {
            float sum = 0;
            for (int v = 0; v < length; v++) {
                sum += weight[tap + v] * x[pixel + v];
            }
            y[i] += sum;
        });
        return y;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        float[] weight = weights.weight(layer);
        float[] dWeight = gradients.weight(layer);
        float[] dBias = bias(gradients);
        float[] dX = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            dBias[filter(i)] += dY[i];
        }
        forEachRow((i, tap, pixel, length) -> {
            for (int v = 0; v < length; v++) {
                dWeight[tap + v] += dY[i] * x[pixel + v];
                dX[pixel + v] += dY[i] * weight[tap + v];
            }
        });
        return dX;
    }

    /** Numbers to no end, where the layer has no bias. */
    private float[] bias(Parameters parameters) {
        return conv.bias() ? parameters.bias(layer) : new float[conv.filters()];
    }

    /** The filter that gives y[i]. */
    private int filter(int i) {
        return i / (layer.output().dimension(1) * layer.output().dimension(2));
    }

    /** What is done where a row of a kernel lies on a row of pixels. */
    private interface Row {

        /**
         * @param i of y[i], to which the row adds
         * @param tap of weight[tap], the row's first
         * @param pixel of x[pixel], on which the first tap lies
         * @param length how many taps lie on pixels, at most L
         */
        void visit(int i, int tap, int pixel, int length);
    }

    /** Lays every kernel on every place of the picture; taps on the padding are left out. */
    private void forEachRow(Row row) {
        int channels = layer.input().dimension(0) / conv.groups();
        int height = layer.input().dimension(1);
        int width = layer.input().dimension(2);
        int rows = conv.kernelSize().height();
        int columns = conv.kernelSize().width();
        int i = 0;
        for (int f = 0; f < conv.filters(); f++) {
            int group = f / (conv.filters() / conv.groups()) * channels;
            for (int p = 0; p < layer.output().dimension(1); p++) {
                for (int q = 0; q < layer.output().dimension(2); q++) {
                    int top = p * conv.stride() - conv.padding().height();
                    int left = q * conv.stride() - conv.padding().width();
                    int first = Math.max(0, -left);
                    int length = Math.min(columns, width - left) - first;
                    for (int c = 0; c < channels; c++) {
                        for (int u = Math.max(0, -top); u < Math.min(rows, height - top); u++) {
                            int tap = ((f * channels + c) * rows + u) * columns + first;
                            int pixel = ((group + c) * height + top + u) * width + left + first;
                            row.visit(i, tap, pixel, length);
                        }
                    }
                    i++;
                }
            }
        }
    }
}
