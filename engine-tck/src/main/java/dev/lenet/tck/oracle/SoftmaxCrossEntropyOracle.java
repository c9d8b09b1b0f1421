package dev.lenet.tck.oracle;

/**
 * The loss of one example, {@code log(sum over k of exp(z[k])) - z[label]}, and its gradient {@code softmax(z) -
 * onehot(label)}.
 *
 * <p>The error of a probability: moving every logit by at most e moves the logarithm of a probability by at most 2e; an
 * engine adds the roundings of the difference to the largest logit, of exp, of the sum and of the quotient. It may divide
 * by the sum or subtract its logarithm.
 */
final class SoftmaxCrossEntropyOracle {
    private final Approximation logits;
    private final int label;
    private final double largest;
    private final double sum;
    private double logitError;

    SoftmaxCrossEntropyOracle(Approximation logits, int label) {
        this.logits = logits;
        this.label = label;
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logits.size(); k++) {
            max = Math.max(max, logits.value(k));
            logitError = Math.max(logitError, logits.error(k));
        }
        largest = max;
        double total = 0;
        for (int k = 0; k < logits.size(); k++) {
            total += Math.exp(logits.value(k) - max);
        }
        sum = total;
    }

    double loss() {
        return Math.log(sum) - (logits.value(label) - largest);
    }

    double lossError() {
        return logProbabilityError(label);
    }

    /** How far the logarithm of a probability may be off. */
    private double logProbabilityError(int k) {
        double distance = largest - logits.value(k);
        int classes = logits.size();
        return 2 * logitError
                // The difference to the largest logit, and that to the logarithm of the sum.
                + Tolerance.roundings(2).of(distance + 2 * logitError + Math.log(sum))
                // Those differences in the sum: their mean, weighted by the probabilities, is at most log(classes).
                + Tolerance.roundings(1).of(Math.log(classes))
                + Tolerance.dot(classes).of(1)
                // exp in the sum, and log.
                + Tolerance.function().of(1 + Math.log(sum));
    }

    /** For the loss of this example as one of a batch's, whose mean is taken. */
    Approximation gradient(int batchSize) {
        Approximation dLogits = Approximation.zeros(logits.size());
        for (int k = 0; k < logits.size(); k++) {
            double probability = Math.exp(logits.value(k) - largest) / sum;
            double probabilityError = probabilityError(k, probability);
            int target = k == label ? 1 : 0;
            double error = probabilityError + Tolerance.roundings(1).of(probability + probabilityError + target);
            double share = (probability - target) / batchSize;
            double shareError = error / batchSize;
            // The division, or a product with the rounded inverse.
            dLogits.set(k, share, shareError + Tolerance.roundings(2).of(Math.abs(share) + shareError));
        }
        return dLogits;
    }

    private double probabilityError(int k, double probability) {
        double logarithm = logits.value(k) - largest - Math.log(sum);
        double error = logProbabilityError(k);
        // However far the logits may be off, this stays a probability.
        double above = Math.min(Math.exp(logarithm + error), 1) - probability;
        double below = probability - Math.exp(logarithm - error);
        double carried = Math.max(above, below);
        return carried + Tolerance.function().of(probability + carried);
    }
}
