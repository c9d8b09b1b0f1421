package dev.lenet.tck.oracle;

import dev.lenet.api.network.Network.NamedLayer;
import java.util.Map;

/** One layer for one example. */
public interface LayerOracle {

    /**
     * @param x the layer's input, row-major
     * @return its output
     */
    Approximation forward(Approximation x);

    /**
     * @param x what {@link #forward} was given
     * @param dY the gradient of the loss for the layer's output
     * @param gradients where this example's part of the parameters' gradients is added
     * @return the gradient for the input
     */
    Approximation backward(Approximation x, Approximation dY, ParameterSums gradients);

    /**
     * This layer while training, for one example; only dropout differs.
     *
     * @param step the number of updates so far
     * @param example its place in the batch
     */
    default LayerOracle training(long seed, long step, int example) {
        return this;
    }

    /**
     * This layer while training on a whole batch; only a normalisation of the batch looks at more than one example at a time.
     *
     * @param buffers where it puts what it keeps for itself
     */
    default BatchOracle trainingOnBatch(long seed, long step, Buffers buffers) {
        return BatchOracle.ofEach(n -> training(seed, step, n));
    }

    /**
     * @param parameters by full name; not copied, so that they may change between two calls
     */
    static LayerOracle of(NamedLayer layer, Map<String, double[]> parameters) {
        return layer.spec().accept(new LayerOracles(layer, parameters));
    }
}
