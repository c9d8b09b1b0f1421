package dev.lenet.tck.oracle;

/**
 * The loss of one example, {@code sum over k of target[k] * (log(sum over j of exp(z[j])) - z[k])}, and its gradient
 * {@code softmax(z) - target}, where {@code target = (1 - s) * onehot(label) + s / K} for a label smoothing of s.
 *
 * <p>The error of a probability: moving every logit by at most e moves the logarithm of a probability by at most 2e; an
 * engine adds the roundings of the difference to the largest logit, of exp, of the sum and of the quotient. It may divide
 * by the sum or subtract its logarithm.
 *
 * <p>Without smoothing the targets are 0 and 1, and nothing is rounded. With it, the numbers that make a target are rounded,
 * multiplied and added: four roundings. All terms of the loss are positive, so that it is off by no more than a sum of K
 * and one products of its size. An engine that lets a library differentiate the logarithms multiplies each probability with
 * the sum of the targets, which is 1 up to the roundings of K sums.
 */
final class SoftmaxCrossEntropyOracle {
    private final Approximation logits;
    private final int label;
    private final double smoothing;
    private final double largest;
    private final double sum;
    private double logitError;

    SoftmaxCrossEntropyOracle(Approximation logits, int label, double smoothing) {
        this.logits = logits;
        this.label = label;
        this.smoothing = smoothing;
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
        double loss = 0;
        for (int k = 0; k < logits.size(); k++) {
            double target = target(k);
            loss += target == 0 ? 0 : target * (Math.log(sum) - (logits.value(k) - largest));
        }
        return loss;
    }

    double lossError() {
        double error = 0;
        for (int k = 0; k < logits.size(); k++) {
            double target = target(k);
            error += target == 0 ? 0 : target * logProbabilityError(k);
        }
        if (smoothing == 0) {
            return error;
        }
        double size = loss() + error;
        return error
                + Tolerance.dot(logits.size() + 1).of(size)
                + Tolerance.roundings(4).of(size);
    }

    private double target(int k) {
        return (k == label ? 1 - smoothing : 0) + smoothing / logits.size();
    }

    private double targetError(int k) {
        return smoothing == 0 ? 0 : Tolerance.roundings(4).of(target(k));
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
            if (smoothing > 0) {
                double size = probability + probabilityError;
                probabilityError += Tolerance.dot(logits.size()).of(size)
                        + Tolerance.roundings(5).of(size);
            }
            double target = target(k);
            double error = probabilityError + targetError(k);
            error += Tolerance.roundings(1).of(probability + target + error);
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
