package dev.lenet.engine.jvm;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/** See {@link Optimizer.Adam}. */
final class AdamRule implements OptimizerRule {
    private final Optimizer.Adam adam;
    private final Kernels kernels;
    private Kernels.AdamStep numbers = new Kernels.AdamStep(0, 0, 0, 0, 0, 0, 0, 0);

    AdamRule(Optimizer.Adam adam, Kernels kernels) {
        this.adam = adam;
        this.kernels = kernels;
    }

    @Override
    public void prepare(long step, double learningRate) {
        double correction1 = 1 - StrictMath.pow(adam.beta1(), (double) step);
        double correction2 = 1 - StrictMath.pow(adam.beta2(), (double) step);
        numbers = new Kernels.AdamStep(
                (float) (learningRate / correction1),
                adam.decoupled() ? (float) (1 - learningRate * adam.weightDecay()) : 1,
                adam.decoupled() ? 0 : (float) adam.weightDecay(),
                (float) (1 - adam.beta1()),
                (float) adam.beta2(),
                (float) (1 - adam.beta2()),
                (float) (1 / Math.sqrt(correction2)),
                (float) adam.epsilon());
    }

    @Override
    public void update(float[] w, float[] g, List<List<LayerParameters>> slots, int layer, int row) {
        kernels.adam(
                w, g, slots.get(0).get(layer).row(row), slots.get(1).get(layer).row(row), numbers);
    }
}
