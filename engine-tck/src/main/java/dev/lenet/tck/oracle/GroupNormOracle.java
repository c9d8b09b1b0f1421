package dev.lenet.tck.oracle;

import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.stream.IntStream;

/** See {@link NormalisationOracle}: the channels of a group of one example are normalised together. */
final class GroupNormOracle implements LayerOracle {
    private final String name;
    private final GroupNorm spec;
    private final int plane;
    private final double[] weight;
    private final double[] bias;

    GroupNormOracle(NamedLayer layer, GroupNorm spec, double[] weight, double[] bias) {
        this.name = layer.name();
        this.spec = spec;
        this.plane = layer.input().size() / weight.length;
        this.weight = weight;
        this.bias = bias;
    }

    private NormalisationOracle group(Approximation x, int group) {
        int size = x.size() / spec.groups();
        int[] indices = IntStream.range(group * size, (group + 1) * size).toArray();
        return new NormalisationOracle(x, indices, Moments.of(x, indices, spec.epsilon()));
    }

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int group = 0; group < spec.groups(); group++) {
            group(x, group).forward(y, weight, bias, i -> i / plane);
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation dX = Approximation.zeros(x.size());
        DotProduct[] dWeight = gradients.of(name + ".weight");
        DotProduct[] dBias = gradients.of(name + ".bias");
        for (int group = 0; group < spec.groups(); group++) {
            group(x, group).backward(dY, weight, i -> i / plane, dWeight, dBias, dX);
        }
        return dX;
    }
}
