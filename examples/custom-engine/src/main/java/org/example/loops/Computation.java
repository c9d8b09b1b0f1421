package org.example.loops;

import dev.lenet.api.network.Network.NamedLayer;

/**
 * What a layer does to one example: the forward pass and, right below it, the backward pass.
 *
 * <p>All arrays are row-major, without the batch. None is changed after it was returned.
 */
interface Computation {

    /**
     * @param x [...input]
     * @return y [...output]
     */
    float[] forward(float[] x);

    /**
     * The chain rule.
     *
     * @param x [...input] and y [...output] of the forward pass
     * @param dY [...output], the loss's gradient by y
     * @param gradients of the whole network; a layer adds to its own
     * @return dX [...input], the loss's gradient by x
     */
    float[] backward(float[] x, float[] y, float[] dY, Parameters gradients);

    /**
     * The same in training; only dropout differs.
     *
     * @param updates how many were made
     * @param n the example's place in the batch
     */
    default Computation training(long seed, long updates, int n) {
        return this;
    }

    /**
     * The same for a whole batch in training; only a normalisation of the batch looks at more than one example at a time.
     *
     * @param kept where it puts what becomes of parameters that are not trainable, if this is a step
     */
    default BatchComputation onBatch(long seed, long updates, Parameters kept) {
        return BatchComputation.ofEach(n -> training(seed, updates, n));
    }

    /** How that layer is computed, with weights that a trainer may change meanwhile. */
    static Computation of(NamedLayer layer, Parameters weights) {
        return layer.spec().accept(new Computations(layer, weights));
    }
}
