package dev.lenet.engine.djl;

import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;

/**
 * Writes what a step does with the gradients, as statements in TorchScript: clipping, the optimizer, and the average of the
 * weights. Given are {@code g} and {@code weights}, both flat, {@code slots} and {@code rates}; g is used up.
 */
final class UpdateSource {
    private final TrainingSpec spec;
    private final StringBuilder text = new StringBuilder();

    private UpdateSource(TrainingSpec spec) {
        this.spec = spec;
    }

    static String of(TrainingSpec spec) {
        UpdateSource source = new UpdateSource(spec);
        source.clip();
        if (spec.optimizer() instanceof Optimizer.Sgd sgd) {
            source.update(sgd);
        } else if (spec.optimizer() instanceof Optimizer.Adam adam) {
            source.update(adam);
        } else {
            throw forgotten(spec.optimizer());
        }
        source.average();
        return source.text.toString();
    }

    /**
     * What {@code rates} holds, the numbers that change from step to step: the rate, Adam's epsilon, and what AdamW
     * leaves of the weights.
     *
     * @param step counted from 1
     */
    static double[] rates(Optimizer optimizer, double learningRate, long step) {
        if (optimizer instanceof Optimizer.Adam adam) {
            // lr / (1 - beta1^t) * m / (sqrt(v) / c + epsilon) is lr / (1 - beta1^t) * c * m / (sqrt(v) + c * epsilon).
            double c = Math.sqrt(1 - StrictMath.pow(adam.beta2(), (double) step));
            double rate = learningRate / (1 - StrictMath.pow(adam.beta1(), (double) step)) * c;
            return new double[] {rate, c * adam.epsilon(), 1 - learningRate * adam.weightDecay()};
        } else if (optimizer instanceof Optimizer.Sgd) {
            return new double[] {learningRate, 0, 1};
        }
        throw forgotten(optimizer);
    }

    /** {@link TrainingSpec#clipFactor}; squares are added in double precision, where none overflows or vanishes. */
    private void clip() {
        if (spec.clipNorm() > 0) {
            line("norm = torch.linalg_vector_norm(g, 2, None, False, dtype=7)");
            line("factor = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, %s)), %s), None, 1.)"
                    .formatted(number(1e-6), number(spec.clipNorm())));
            line("g = torch.mul_(g, factor)");
        }
    }

    private void update(Optimizer.Sgd sgd) {
        if (sgd.weightDecay() > 0) {
            line("g = torch.add_(g, weights, alpha=%s)".formatted(number(sgd.weightDecay())));
        }
        if (sgd.momentum() > 0) {
            line("g = torch.add_(torch.mul_(slots[0], %s), g)".formatted(number(sgd.momentum())));
        }
        line("w = torch.sub_(weights, g, alpha=rates[0])");
    }

    private void update(Optimizer.Adam adam) {
        if (adam.weightDecay() > 0 && adam.decoupled()) {
            line("w = torch.mul_(weights, rates[2])");
        } else if (adam.weightDecay() > 0) {
            line("g = torch.add_(g, weights, alpha=%s)".formatted(number(adam.weightDecay())));
        }
        line("m = torch.lerp_(slots[0], g, %s)".formatted(number(1 - adam.beta1())));
        line("v = torch.addcmul_(torch.mul_(slots[1], %s), g, g, value=%s)"
                .formatted(number(adam.beta2()), number(1 - adam.beta2())));
        line("v = torch.add_(torch.sqrt(v), rates[1])");
        line("w = torch.addcdiv_(weights, m, v, value=torch.neg(rates[0]))");
    }

    private void average() {
        if (spec.averageDecay() > 0) {
            int slot = spec.slots().indexOf(TrainingSpec.AVERAGE);
            line("a = torch.lerp_(slots[%s], weights, %s)".formatted(slot, number(1 - spec.averageDecay())));
        }
    }

    private static IllegalStateException forgotten(Optimizer optimizer) {
        return new IllegalStateException("Optimizer is sealed, and " + optimizer + " was forgotten here");
    }

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }

    /** All digits, as Python writes them. */
    static String number(double value) {
        return Double.toString(value).replace('E', 'e');
    }
}
