package dev.lenet.engine.jvm;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/** What one kind of optimizer does to a row of weights. */
interface OptimizerRule {

    /**
     * Before the rows of a step.
     *
     * @param step number of this update, from 1
     */
    void prepare(long step, double learningRate);

    /**
     * May run on several threads at once, for different rows.
     *
     * @param w weights, updated
     * @param g their gradients, overwritten
     * @param slots of the optimizer by {@link Optimizer#slots}, then by layer
     * @param layer number of the layer, and {@code row} of the row, as the slots have them
     */
    void update(float[] w, float[] g, List<List<LayerParameters>> slots, int layer, int row);

    static OptimizerRule of(Optimizer optimizer, Kernels kernels) {
        return optimizer.accept(new Optimizer.Visitor<>() {
            @Override
            public OptimizerRule visit(Optimizer.Sgd sgd) {
                return new DescentRule(sgd, kernels);
            }

            @Override
            public OptimizerRule visit(Optimizer.Adam adam) {
                return new AdamRule(adam, kernels);
            }
        });
    }
}
