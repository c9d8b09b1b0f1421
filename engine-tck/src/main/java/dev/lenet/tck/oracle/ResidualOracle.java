package dev.lenet.tck.oracle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = layers(x) + x}, or {@code + projection(x)}; the gradient goes back both ways and is added up.
 *
 * @param projection or null for none
 */
record ResidualOracle(List<LayerOracle> layers, @Nullable LayerOracle projection) implements LayerOracle {

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = x;
        for (LayerOracle layer : layers) {
            y = layer.forward(y);
        }
        return sum(y, projection == null ? x : projection.forward(x));
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        List<Approximation> inputs = new ArrayList<>(List.of(x));
        for (LayerOracle layer : layers) {
            inputs.add(layer.forward(inputs.get(inputs.size() - 1)));
        }
        Approximation dX = dY;
        for (int i = layers.size() - 1; i >= 0; i--) {
            dX = layers.get(i).backward(inputs.get(i), dX, gradients);
        }
        return sum(dX, projection == null ? dY : projection.backward(x, dY, gradients));
    }

    @Override
    public LayerOracle training(long seed, long step, int example) {
        return new ResidualOracle(
                layers.stream()
                        .map(layer -> layer.training(seed, step, example))
                        .toList(),
                projection);
    }

    private static Approximation sum(Approximation a, Approximation b) {
        DotProduct[] sums = DotProduct.array(a.size());
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(a.value(i), a.error(i));
            sums[i].add(b.value(i), b.error(i));
        }
        return Approximation.of(sums);
    }
}
