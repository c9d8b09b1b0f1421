package dev.lenet.tck.oracle;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;

/**
 * {@code y[o, i, j] = bias[o] + sum over c, u, v of weight[o, c, u, v] * x[c, i * stride + u - padding, j * stride + v -
 * padding]}, x being 0 outside the picture.
 */
final class ConvolutionOracle implements LayerOracle {
    private final String name;
    private final SlidingWindows windows;
    private final int channels;
    private final int filters;
    private final Approximation weight; // [filters, C, K, K]
    private final double[] bias; // [filters]

    ConvolutionOracle(NamedLayer layer, Conv2d spec, double[] weight, double[] bias) {
        this.name = layer.name();
        this.windows = SlidingWindows.of(layer, spec.kernelSize(), spec.stride(), spec.padding());
        this.channels = windows.channels();
        this.filters = spec.filters();
        this.weight = Approximation.exact(weight);
        this.bias = bias;
    }

    @Override
    public Approximation forward(Approximation x) {
        DotProduct[] y = DotProduct.array(filters * windows.outputPlane());
        for (int o = 0; o < filters; o++) {
            for (int i = 0; i < windows.outputPlane(); i++) {
                DotProduct sum = y[o * windows.outputPlane() + i];
                sum.add(bias[o], 0);
                for (int c = 0; c < channels; c++) {
                    int kernel = kernel(o, c);
                    int plane = c * windows.inputPlane();
                    windows.ofOutput(
                            i, (input, place, count) -> sum.add(weight, kernel + place, 1, x, plane + input, 1, count));
                }
            }
        }
        return Approximation.of(y);
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        DotProduct[] dWeight = gradients.of(name + ".weight");
        DotProduct[] dBias = gradients.of(name + ".bias");
        for (int i = 0; i < dY.size(); i++) {
            dBias[i / windows.outputPlane()].add(dY.value(i), dY.error(i));
        }
        for (int k = 0; k < dWeight.length; k++) {
            DotProduct sum = dWeight[k];
            int plane = k / windows.area() % channels * windows.inputPlane();
            int output = k / windows.area() / channels * windows.outputPlane();
            windows.ofPlace(
                    k % windows.area(),
                    (i, input, count) -> sum.add(x, plane + input, windows.stride(), dY, output + i, 1, count));
        }
        DotProduct[] dX = DotProduct.array(x.size());
        for (int i = 0; i < dX.length; i++) {
            DotProduct sum = dX[i];
            int c = i / windows.inputPlane();
            for (int o = 0; o < filters; o++) {
                int kernel = kernel(o, c);
                int output = o * windows.outputPlane();
                windows.ofInput(
                        i % windows.inputPlane(),
                        (j, place, count) ->
                                sum.add(weight, kernel + place, windows.stride(), dY, output + j, -1, count));
            }
        }
        return Approximation.of(dX);
    }

    private int kernel(int filter, int channel) {
        return (filter * channels + channel) * windows.area();
    }
}
