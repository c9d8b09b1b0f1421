package dev.lenet.api.engine;

import dev.lenet.api.Argument;

/** What training minimises, as data. Every loss takes logits: a softmax in the network would be one too many. */
public sealed interface Loss {

    /**
     * Something that depends on the kind of a loss; a new kind does not compile where it is forgotten.
     *
     * @param <R> what there is for each kind
     */
    interface Visitor<R> {

        R visit(SoftmaxCrossEntropy loss);

        R visit(Distillation loss);
    }

    /** What the visitor has for this kind of loss. */
    <R> R accept(Visitor<R> visitor);

    /**
     * The negative log-likelihood of the true class under a softmax, averaged over the batch.
     *
     * <pre>
     * loss = (1 / N) * sum over n of (log(sum over k of exp(z[n, k])) - sum over k of target[n, k] * z[n, k])
     * target[n, k] = (1 - labelSmoothing) * onehot(label[n])[k] + labelSmoothing / K
     * </pre>
     *
     * Its gradient is {@code (softmax(z) - target) / N}. The largest logit is subtracted before exp, so large logits do not
     * overflow.
     *
     * <p>With label smoothing a part of the target is spread over all K classes: the network is not driven towards
     * infinite logits, and is less sure of itself. Szegedy et al., "Rethinking the Inception architecture for computer
     * vision", CVPR 2016, section 7; as in PyTorch, the true class has its share of the spread part as well.
     *
     * @param labelSmoothing the part that is spread, at least 0 and below 1
     */
    record SoftmaxCrossEntropy(double labelSmoothing) implements Loss {
        public SoftmaxCrossEntropy {
            Argument.check(
                    labelSmoothing >= 0 && labelSmoothing < 1,
                    "Cross-entropy",
                    "a label smoothing of at least 0 and below 1",
                    labelSmoothing,
                    "0.1 is usual.");
        }

        /** Without label smoothing. */
        public SoftmaxCrossEntropy() {
            this(0);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        /**
         * What the probability of a class should become.
         *
         * @param trueClass whether it is the example's own
         * @param classes K
         */
        public double target(boolean trueClass, int classes) {
            return (trueClass ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        }
    }

    /**
     * How far a softened softmax is from the soft labels of the batch, averaged over the batch: the Kullback-Leibler
     * divergence.
     *
     * <pre>
     * p[n] = softmax(z[n] / temperature)
     * loss = (1 / N) * sum over n of (temperature^2 * sum over k of q[n, k] * (log(q[n, k]) - log(p[n, k])))
     * </pre>
     *
     * where q is {@link dev.lenet.api.data.Batch#readSoftLabel} and {@code 0 * log(0)} is 0. Its gradient is
     * {@code temperature * (p - q) / N}.
     *
     * <p>What a teacher thinks of the wrong classes says what an image looks like, too; a temperature above 1 makes more of it.
     * Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015; the square keeps gradients about as long
     * at every temperature.
     *
     * @param temperature above 0
     */
    record Distillation(double temperature) implements Loss {
        public Distillation {
            Argument.checkFinite(
                    temperature > 0, "Distillation", "a temperature above 0", temperature, "1 to 4 is usual.");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}
