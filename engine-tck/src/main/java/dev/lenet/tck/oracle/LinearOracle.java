package dev.lenet.tck.oracle;

import dev.lenet.api.network.Network.NamedLayer;

/** {@code y[o] = bias[o] + sum over i of weight[o, i] * x[i]}. */
final class LinearOracle implements LayerOracle {
    private final String name;
    private final double[] weight; // [outputs, features]
    private final double[] bias; // [outputs]

    LinearOracle(NamedLayer layer, double[] weight, double[] bias) {
        this.name = layer.name();
        this.weight = weight;
        this.bias = bias;
    }

    @Override
    public Approximation forward(Approximation x) {
        DotProduct[] y = DotProduct.array(bias.length);
        for (int o = 0; o < bias.length; o++) {
            y[o].add(bias[o], 0);
            for (int i = 0; i < x.size(); i++) {
                y[o].add(weight[o * x.size() + i], 0, x.value(i), x.error(i));
            }
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
                int k = o * x.size() + i;
                dX[i].add(weight[k], 0, dY.value(o), dY.error(o));
                dWeight[k].add(x.value(i), x.error(i), dY.value(o), dY.error(o));
            }
        }
        return Approximation.of(dX);
    }
}
