package dev.lenet.api.engine;

import dev.lenet.api.Argument;
import java.util.List;

/**
 * How gradients become updates, as data. {@code w} is a weight, {@code g} its gradient, {@code lr} the learning rate of
 * the step; everything is computed in float32, with PyTorch's order of operations.
 */
public sealed interface Optimizer {

    /**
     * Something that depends on the kind of an optimizer; a new kind does not compile where it is forgotten.
     *
     * @param <R> what there is for each kind
     */
    interface Visitor<R> {

        R visit(Sgd optimizer);

        R visit(Adam optimizer);
    }

    /** What the visitor has for this kind of optimizer. */
    <R> R accept(Visitor<R> visitor);

    /** The names of the arrays this optimizer keeps for each parameter; they start as zeros. */
    List<String> slots();

    /**
     * Stochastic gradient descent.
     *
     * <pre>
     * g = g + weightDecay * w
     * momentum > 0:  v = momentum * v + g;  w = w - lr * v
     * otherwise:                            w = w - lr * g
     * </pre>
     *
     * Robbins and Monro, "A stochastic approximation method", 1951; Polyak's heavy-ball momentum, 1964.
     *
     * @param momentum at least 0 and below 1
     * @param weightDecay at least 0
     */
    record Sgd(double momentum, double weightDecay) implements Optimizer {
        public Sgd {
            Argument.check(
                    momentum >= 0 && momentum < 1,
                    "Sgd",
                    "a momentum of at least 0 and below 1",
                    momentum,
                    "0.9 is usual.");
            checkWeightDecay("Sgd", weightDecay);
        }

        /** Plain descent. */
        public Sgd() {
            this(0, 0);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public List<String> slots() {
            return momentum > 0 ? List.of("momentum") : List.of();
        }
    }

    /**
     * Adam: steps scaled by running estimates of the gradient's mean and uncentred variance.
     *
     * <pre>
     * coupled:    g = g + weightDecay * w
     * decoupled:  w = w - lr * weightDecay * w
     * m = beta1 * m + (1 - beta1) * g
     * v = beta2 * v + (1 - beta2) * g * g
     * w = w - lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)      t = 1, 2, ... the step
     * </pre>
     *
     * Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015. Decoupled decay is AdamW: Loshchilov and
     * Hutter, "Decoupled weight decay regularization", ICLR 2019.
     *
     * @param beta1 decay of the mean, at least 0 and below 1
     * @param beta2 decay of the variance, at least 0 and below 1
     * @param epsilon keeps the division finite, above 0
     * @param weightDecay at least 0
     * @param decoupled whether decay acts on the weights directly (AdamW) or through the gradient (Adam)
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
            implements Optimizer {
        public Adam {
            Argument.check(
                    beta1 >= 0 && beta1 < 1, "Adam", "a beta1 of at least 0 and below 1", beta1, "0.9 is usual.");
            Argument.check(
                    beta2 >= 0 && beta2 < 1, "Adam", "a beta2 of at least 0 and below 1", beta2, "0.999 is usual.");
            Argument.checkFinite(epsilon > 0, "Adam", "an epsilon above 0", epsilon, "1e-8 is usual.");
            checkWeightDecay("Adam", weightDecay);
        }

        /** With the values of the paper: 0.9, 0.999 and 1e-8, without weight decay. */
        public Adam() {
            this(0.9, 0.999, 1e-8, 0, false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public List<String> slots() {
            return List.of("first_moment", "second_moment");
        }
    }

    private static void checkWeightDecay(String where, double weightDecay) {
        Argument.checkFinite(
                weightDecay >= 0, where, "a weight decay of at least 0", weightDecay, "Use 0 for no weight decay.");
    }
}
