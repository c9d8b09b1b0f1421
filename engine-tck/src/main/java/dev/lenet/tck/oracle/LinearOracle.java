package dev.lenet.tck.oracle;

import dev.lenet.api.network.Network.NamedLayer;

/** {@code y[o] = bias[o] + sum over i of weight[o, i] * x[i]}. */
final class LinearOracle implements LayerOracle {
    private final String name;
    private final Approximation weight; // [outputs, features]
    private final double[] bias; // [outputs]

    LinearOracle(NamedLayer layer, double[] weight, double[] bias) {
        this.name = layer.name();
        this.weight = Approximation.exact(weight);
        this.bias = bias;
    }

    @Override
    public Approximation forward(Approximation x) {
        DotProduct[] y = DotProduct.array(bias.length);
        for (int o = 0; o < bias.length; o++) {
            y[o].add(bias[o], 0);
            y[o].add(weight, o * x.size(), 1, x, 0, 1, x.size());
        }
        return Approximation.of(y);
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        DotProduct[] dX = DotProduct.array(x.size());
        DotProduct[] dWeight = gradients.of(name + ".weight");
        DotProduct[] dBias = gradients.of(name + ".bias");
        for (int o = 0; o < bias.length; o++) {
            dBias[o].add(dY.value(o), dY.error(o));
            for (int i = 0; i < x.size(); i++) {
                dWeight[o * x.size() + i].add(x.value(i), x.error(i), dY.value(o), dY.error(o));
            }
        }
        for (int i = 0; i < x.size(); i++) {
            dX[i].add(weight, i, x.size(), dY, 0, 1, bias.length);
        }
        return Approximation.of(dX);
    }
}
