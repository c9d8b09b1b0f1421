package dev.lenet.tck.oracle;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Dropout;

/**
 * {@code y = x} in predictions; in training {@code y[i] = x[i] * scale} where the mask's number for the value's place in
 * the whole batch is at least the rate, and 0 elsewhere.
 */
final class DropoutOracle implements LayerOracle {
    private final String layer;
    private final Dropout spec;

    DropoutOracle(String layer, Dropout spec) {
        this.layer = layer;
        this.spec = spec;
    }

    @Override
    public Approximation forward(Approximation x) {
        return x;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        return dY;
    }

    @Override
    public LayerOracle training(long seed, long step, int example) {
        return new Masked(spec, Dropout.mask(seed, layer, step), example);
    }

    private record Masked(Dropout spec, RandomStream mask, int example) implements LayerOracle {

        @Override
        public Approximation forward(Approximation x) {
            DotProduct[] y = DotProduct.array(x.size());
            for (int i = 0; i < y.length; i++) {
                if (mask.uniform((long) example * y.length + i) >= spec.rate()) {
                    y[i].add(x.value(i), x.error(i), spec.scale(), 0);
                }
            }
            return Approximation.of(y);
        }

        /** What is kept is scaled, what is dropped is zero: the gradient goes the same way. */
        @Override
        public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
            return forward(dY);
        }
    }
}
