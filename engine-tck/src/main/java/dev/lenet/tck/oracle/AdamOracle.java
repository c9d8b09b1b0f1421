package dev.lenet.tck.oracle;

import dev.lenet.api.engine.Optimizer;
import java.util.List;

/**
 * <pre>
 * coupled:    g = g + weightDecay * w
 * decoupled:  w = w - lr * weightDecay * w
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g * g
 * w = w - lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * Each constant is computed in double precision and rounded once to float32, which counts as one more rounding.
 */
final class AdamOracle implements OptimizerOracle {
    /** Of an update: the rate, the root's constant and epsilon; then quotient, sum, quotient, product. The root is a function. */
    private static final int OPERATIONS = 7;

    private final Optimizer.Adam spec;

    AdamOracle(Optimizer.Adam spec) {
        this.spec = spec;
    }

    @Override
    public Updated update(
            long step, double learningRate, double[] weights, List<double[]> slots, Approximation gradient) {
        Approximation after = Approximation.zeros(weights.length);
        Approximation first = Approximation.zeros(weights.length);
        Approximation second = Approximation.zeros(weights.length);
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            double g = gradient.value(i);
            double gError = gradient.error(i);
            double wError = 0;
            double decay = spec.weightDecay() * w;
            if (spec.decoupled()) {
                wError = Tolerance.roundings(4).of(Math.abs(w) + Math.abs(learningRate * decay));
                w -= learningRate * decay;
            } else if (decay != 0) {
                gError += Tolerance.roundings(3).of(Math.abs(g) + gError + Math.abs(decay));
                g += decay;
            }
            moment(first, i, spec.beta1(), slots.get(0)[i], g, gError);
            double squareError = gError * (2 * Math.abs(g) + gError);
            moment(second, i, spec.beta2(), slots.get(1)[i], g * g, squareError);
            // The mean and the root are rounded differently, but err through the same gradient: taken as independent.
            double update = update(step, learningRate, first.value(i), second.value(i));
            double updateError = 0;
            for (int sign = -1; sign <= 1; sign += 2) {
                double mean = first.value(i) + sign * first.error(i);
                double least = Math.max(second.value(i) - second.error(i), 0);
                updateError = Math.max(updateError, Math.abs(update(step, learningRate, mean, least) - update));
                double most = second.value(i) + second.error(i);
                updateError = Math.max(updateError, Math.abs(update(step, learningRate, mean, most) - update));
            }
            double size = Math.abs(update) + updateError;
            updateError += Tolerance.roundings(OPERATIONS).of(size)
                    + Tolerance.function().of(size);
            after.set(
                    i,
                    w - update,
                    wError
                            + updateError
                            + Tolerance.roundings(1).of(Math.abs(w) + wError + Math.abs(update) + updateError));
        }
        return new Updated(after, List.of(first, second));
    }

    /** {@code beta * moment + (1 - beta) * g}. */
    private static void moment(Approximation moment, int i, double beta, double before, double g, double gError) {
        double kept = beta * before;
        double added = (1 - beta) * g;
        double addedError = (1 - beta) * gError;
        moment.set(
                i, kept + added, addedError + Tolerance.roundings(4).of(Math.abs(kept) + Math.abs(added) + addedError));
    }

    private double update(long step, double learningRate, double mean, double variance) {
        double rate = learningRate / (1 - Math.pow(spec.beta1(), (double) step));
        double root = Math.sqrt(variance) / Math.sqrt(1 - Math.pow(spec.beta2(), (double) step));
        return rate * mean / (root + spec.epsilon());
    }
}
