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

    @Override
    public BatchOracle trainingOnBatch(long seed, long step, Buffers buffers) {
        List<BatchOracle> body = layers.stream()
                .map(layer -> layer.trainingOnBatch(seed, step, buffers))
                .toList();
        LayerOracle skip = projection == null ? new FlattenOracle() : projection;
        return new OnBatch(body, skip.trainingOnBatch(seed, step, buffers));
    }

    /** @param skip what the input goes through before it is added; flattening leaves it as it is */
    private record OnBatch(List<BatchOracle> layers, BatchOracle skip) implements BatchOracle {

        @Override
        public List<Approximation> forward(List<Approximation> x) {
            List<Approximation> y = x;
            for (BatchOracle layer : layers) {
                y = layer.forward(y);
            }
            return sums(y, skip.forward(x));
        }

        @Override
        public List<Approximation> backward(List<Approximation> x, List<Approximation> dY, ParameterSums gradients) {
            List<List<Approximation>> inputs = new ArrayList<>(List.of(x));
            for (BatchOracle layer : layers) {
                inputs.add(layer.forward(inputs.get(inputs.size() - 1)));
            }
            List<Approximation> dX = dY;
            for (int i = layers.size() - 1; i >= 0; i--) {
                dX = layers.get(i).backward(inputs.get(i), dX, gradients);
            }
            return sums(dX, skip.backward(x, dY, gradients));
        }

        private static List<Approximation> sums(List<Approximation> a, List<Approximation> b) {
            List<Approximation> sums = new ArrayList<>();
            for (int n = 0; n < a.size(); n++) {
                sums.add(sum(a.get(n), b.get(n)));
            }
            return sums;
        }
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
