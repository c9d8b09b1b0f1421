package dev.lenet.tck.oracle;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;

/**
 * {@code y[o, i, j] = bias[o] + sum over c, u, v of weight[o, c, u, v] * x[g + c, i * stride + u - padding, j * stride + v -
 * padding]}, x being 0 outside the picture, and g the first channel of the filter's group.
 */
final class ConvolutionOracle implements LayerOracle {
    private final String name;
    private final Conv2d spec;
    private final SlidingWindows windows;
    private final int filters;
    private final Approximation weight; // [filters, C / groups, K, K]
    private final double[] bias; // [filters], zeros if the layer has none

    /** Channels that a filter sees, and filters that see a channel. */
    private final int channels;

    private final int viewers;

    ConvolutionOracle(NamedLayer layer, Conv2d spec, double[] weight, double[] bias) {
        this.name = layer.name();
        this.spec = spec;
        this.windows = SlidingWindows.of(
                layer,
                new SlidingWindows.Size(
                        spec.kernelSize().height(), spec.kernelSize().width()),
                spec.stride(),
                new SlidingWindows.Size(spec.padding().height(), spec.padding().width()));
        this.channels = windows.channels() / spec.groups();
        this.filters = spec.filters();
        this.viewers = filters / spec.groups();
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
                    int kernel = (o * channels + c) * windows.area();
                    int plane = (o / viewers * channels + c) * windows.inputPlane();
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
        DotProduct[] dBias = spec.bias() ? gradients.of(name + ".bias") : DotProduct.array(filters);
        for (int i = 0; i < dY.size(); i++) {
            dBias[i / windows.outputPlane()].add(dY.value(i), dY.error(i));
        }
        for (int k = 0; k < dWeight.length; k++) {
            DotProduct sum = dWeight[k];
            int o = k / windows.area() / channels;
            int plane = (o / viewers * channels + k / windows.area() % channels) * windows.inputPlane();
            int output = o * windows.outputPlane();
            windows.ofPlace(
                    k % windows.area(),
                    (i, input, count) -> sum.add(x, plane + input, windows.stride(), dY, output + i, 1, count));
        }
        DotProduct[] dX = DotProduct.array(x.size());
        for (int i = 0; i < dX.length; i++) {
            DotProduct sum = dX[i];
            int c = i / windows.inputPlane();
            int first = c / channels * viewers;
            for (int o = first; o < first + viewers; o++) {
                int kernel = (o * channels + c % channels) * windows.area();
                int output = o * windows.outputPlane();
                windows.ofInput(
                        i % windows.inputPlane(),
                        (j, place, count) ->
                                sum.add(weight, kernel + place, windows.stride(), dY, output + j, -1, count));
            }
        }
        return Approximation.of(dX);
    }
}
