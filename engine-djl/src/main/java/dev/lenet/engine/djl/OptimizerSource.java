package dev.lenet.engine.djl;

import dev.lenet.api.engine.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** One kind of optimizer as statements in TorchScript, and the numbers that they are given. */
interface OptimizerSource {

    /** Given are {@code g} and {@code weights}, both flat, {@code slots} and {@code rates}; g is used up. */
    List<String> statements();

    /**
     * What {@code rates} holds, the numbers that change from step to step: the rate, Adam's epsilon, and what AdamW
     * leaves of the weights.
     *
     * @param step counted from 1
     */
    double[] rates(double learningRate, long step);

    static OptimizerSource of(Optimizer optimizer) {
        return optimizer.accept(new Optimizer.Visitor<>() {
            @Override
            public OptimizerSource visit(Optimizer.Sgd sgd) {
                return new Descent(sgd);
            }

            @Override
            public OptimizerSource visit(Optimizer.Adam adam) {
                return new Moments(adam);
            }
        });
    }

    /** See {@link Optimizer.Sgd}. */
    record Descent(Optimizer.Sgd sgd) implements OptimizerSource {

        @Override
        public List<String> statements() {
            List<String> all = new ArrayList<>();
            if (sgd.weightDecay() > 0) {
                all.add("g = torch.add_(g, weights, alpha=%s)".formatted(UpdateSource.number(sgd.weightDecay())));
            }
            if (sgd.momentum() > 0) {
                all.add("g = torch.add_(torch.mul_(slots[0], %s), g)".formatted(UpdateSource.number(sgd.momentum())));
            }
            all.add("w = torch.sub_(weights, g, alpha=rates[0])");
            return all;
        }

        @Override
        public double[] rates(double learningRate, long step) {
            return new double[] {learningRate, 0, 1};
        }
    }

    /** See {@link Optimizer.Adam}. */
    record Moments(Optimizer.Adam adam) implements OptimizerSource {

        @Override
        public List<String> statements() {
            List<String> all = new ArrayList<>();
            if (adam.weightDecay() > 0 && adam.decoupled()) {
                all.add("w = torch.mul_(weights, rates[2])");
            } else if (adam.weightDecay() > 0) {
                all.add("g = torch.add_(g, weights, alpha=%s)".formatted(UpdateSource.number(adam.weightDecay())));
            }
            all.add("m = torch.lerp_(slots[0], g, %s)".formatted(UpdateSource.number(1 - adam.beta1())));
            all.add("v = torch.addcmul_(torch.mul_(slots[1], %s), g, g, value=%s)"
                    .formatted(UpdateSource.number(adam.beta2()), UpdateSource.number(1 - adam.beta2())));
            all.add("v = torch.add_(torch.sqrt(v), rates[1])");
            all.add("w = torch.addcdiv_(weights, m, v, value=torch.neg(rates[0]))");
            return all;
        }

        @Override
        public double[] rates(double learningRate, long step) {
            // lr / (1 - beta1^t) * m / (sqrt(v) / c + epsilon) is lr / (1 - beta1^t) * c * m / (sqrt(v) + c * epsilon).
            double c = Math.sqrt(1 - StrictMath.pow(adam.beta2(), (double) step));
            double rate = learningRate / (1 - StrictMath.pow(adam.beta1(), (double) step)) * c;
            return new double[] {rate, c * adam.epsilon(), 1 - learningRate * adam.weightDecay()};
        }
    }
}
