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
        return optimizer.accept(new Optimizer.Visitor<>() {
            @Override
            public OptimizerOracle visit(Optimizer.Sgd sgd) {
                return new SgdOracle(sgd);
            }

            @Override
            public OptimizerOracle visit(Optimizer.Adam adam) {
                return new AdamOracle(adam);
            }
        });
    }
}
