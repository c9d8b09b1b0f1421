package dev.lenet.api.engine;

/** What training minimises, as data. Every loss takes logits: a softmax in the network would be one too many. */
public sealed interface Loss {

    /**
     * The negative log-likelihood of the true class under a softmax, averaged over the batch.
     *
     * <pre>
     * loss = (1 / N) * sum over n of (log(sum over k of exp(z[n, k])) - z[n, label[n]])
     * </pre>
     *
     * Its gradient is {@code (softmax(z) - onehot(label)) / N}. The largest logit is subtracted before exp, so large
     * logits do not overflow.
     */
    record SoftmaxCrossEntropy() implements Loss {}
}
