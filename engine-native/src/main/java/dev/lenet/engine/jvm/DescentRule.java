package dev.lenet.engine.jvm;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/** See {@link Optimizer.Sgd}. */
final class DescentRule implements OptimizerRule {
    private final Optimizer.Sgd sgd;
    private final Kernels kernels;
    private float rate;

    DescentRule(Optimizer.Sgd sgd, Kernels kernels) {
        this.sgd = sgd;
        this.kernels = kernels;
    }

    @Override
    public void prepare(long step, double learningRate) {
        rate = (float) learningRate;
    }

    @Override
    public void update(float[] w, float[] g, List<List<LayerParameters>> slots, int layer, int row) {
        float[] v = sgd.momentum() == 0 ? g : slots.get(0).get(layer).row(row);
        kernels.descend(w, g, v, rate, (float) sgd.momentum(), (float) sgd.weightDecay());
    }
}
