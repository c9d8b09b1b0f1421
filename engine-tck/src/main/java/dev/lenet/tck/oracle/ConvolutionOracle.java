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
    private final int filters;
    private final double[] weight; // [filters, C, K, K]
    private final double[] bias; // [filters]

    ConvolutionOracle(NamedLayer layer, Conv2d spec, double[] weight, double[] bias) {
        this.name = layer.name();
        this.windows = new SlidingWindows(layer, spec.kernelSize(), spec.stride(), spec.padding());
        this.filters = spec.filters();
        this.weight = weight;
        this.bias = bias;
    }

    /** Every product of the formula, by the positions of y, x and weight. */
    private void forEachProduct(SlidingWindows.Visitor product) {
        int channels = windows.channels();
        for (int o = 0; o < filters; o++) {
            for (int c = 0; c < channels; c++) {
                int yPlane = o * windows.outputPlane();
                int xPlane = c * windows.inputPlane();
                int kernel = (o * channels + c) * windows.area();
                windows.forEach(
                        (output, input, place) -> product.visit(yPlane + output, xPlane + input, kernel + place));
            }
        }
    }

    @Override
    public Approximation forward(Approximation x) {
        DotProduct[] y = DotProduct.array(filters * windows.outputPlane());
        for (int i = 0; i < y.length; i++) {
            y[i].add(bias[i / windows.outputPlane()], 0);
        }
        forEachProduct((output, input, k) -> y[output].add(weight[k], 0, x.value(input), x.error(input)));
        return Approximation.of(y);
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        DotProduct[] dX = DotProduct.array(x.size());
        DotProduct[] dWeight = gradients.of(name + ".weight");
        DotProduct[] dBias = gradients.of(name + ".bias");
        for (int i = 0; i < dY.size(); i++) {
            dBias[i / windows.outputPlane()].add(dY.value(i), dY.error(i));
        }
        forEachProduct((output, input, k) -> {
            dX[input].add(weight[k], 0, dY.value(output), dY.error(output));
            dWeight[k].add(x.value(input), x.error(input), dY.value(output), dY.error(output));
        });
        return Approximation.of(dX);
    }
}
