package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.engine.Optimizer;
import java.util.Map;

/** An optimizer at work on flat arrays, with its memory. */
interface Update {

    /** The arrays this optimizer remembers, by the names of {@link Optimizer#slots}; they may be written. */
    Map<String, NDArray> slots();

    /**
     * Changes the weights and the memory in place.
     *
     * @param weights all parameters, flat
     * @param gradient of the same length; intermediate results land in its manager
     * @param learningRate of this step
     * @param step counted from 1
     */
    void apply(NDArray weights, NDArray gradient, double learningRate, long step);

    /**
     * An optimizer with its memory at zero.
     *
     * @param manager owns the memory
     * @param host a manager on the CPU, owns numbers
     * @param size how many parameters there are
     */
    static Update of(Optimizer optimizer, NDManager manager, NDManager host, int size) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return new SgdUpdate(sgd, manager, host, size);
        } else if (optimizer instanceof Optimizer.Adam adam) {
            return new AdamUpdate(adam, manager, host, size);
        }
        throw new IllegalStateException("Optimizer is sealed, and " + optimizer + " was forgotten here");
    }
}
