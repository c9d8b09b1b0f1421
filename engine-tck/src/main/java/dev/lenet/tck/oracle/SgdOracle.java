package dev.lenet.tck.oracle;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/**
 * <pre>
 * g = g + weightDecay * w
 * momentum > 0:  v = momentum * v + g;  w = w - lr * v
 * otherwise:                            w = w - lr * g
 * </pre>
 *
 * Each constant is a double that an engine rounds once to float32, which counts as one more rounding.
 */
final class SgdOracle implements OptimizerOracle {
    private final Optimizer.Sgd spec;

    SgdOracle(Optimizer.Sgd spec) {
        this.spec = spec;
    }

    @Override
    public Updated update(
            long step, double learningRate, double[] weights, List<double[]> slots, Approximation gradient) {
        Approximation after = Approximation.zeros(weights.length);
        Approximation velocity = Approximation.zeros(weights.length);
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            double decay = spec.weightDecay() * w;
            double direction = gradient.value(i) + decay;
            double error = gradient.error(i);
            if (decay != 0) {
                error += Tolerance.roundings(3).of(Math.abs(gradient.value(i)) + error + Math.abs(decay));
            }
            if (spec.momentum() > 0) {
                double kept = spec.momentum() * slots.get(0)[i];
                error += Tolerance.roundings(3).of(Math.abs(direction) + error + Math.abs(kept));
                direction += kept;
                velocity.set(i, direction, error);
            }
            double update = learningRate * direction;
            double updateError = learningRate * error;
            updateError += Tolerance.roundings(2).of(Math.abs(update) + updateError);
            after.set(
                    i,
                    w - update,
                    updateError + Tolerance.roundings(1).of(Math.abs(w) + Math.abs(update) + updateError));
        }
        return new Updated(after, spec.momentum() > 0 ? List.of(velocity) : List.of());
    }
}
