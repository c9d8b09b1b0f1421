package dev.lenet.tck.oracle;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/** One update of one parameter. */
public interface OptimizerOracle {

    /**
     * @param step of this update, from 1
     * @param weights before it
     * @param slots before it, in the order of {@link Optimizer#slots}
     * @param gradient of the mean loss
     */
    Updated update(long step, double learningRate, double[] weights, List<double[]> slots, Approximation gradient);

    /**
     * What an update leaves behind.
     *
     * @param slots in the order of {@link Optimizer#slots}
     */
    record Updated(Approximation weights, List<Approximation> slots) {}

    static OptimizerOracle of(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return new SgdOracle(sgd);
        }
        if (optimizer instanceof Optimizer.Adam adam) {
            return new AdamOracle(adam);
        }
        throw new IllegalArgumentException("expected an optimizer that the oracle knows, received " + optimizer);
    }
}
