package dev.lenet.tck.oracle;

/**
 * The probabilities of one example, {@code exp(z[k]) / sum over j of exp(z[j])}, and their logarithms.
 *
 * <p>The error of a probability: moving every logit by at most e moves the logarithm of a probability by at most 2e; an
 * engine adds the roundings of the difference to the largest logit, of exp, of the sum and of the quotient. It may divide
 * by the sum or subtract its logarithm.
 */
final class SoftmaxOracle {
    private final Approximation logits;
    private final double largest;
    private final double sum;
    private double logitError;

    SoftmaxOracle(Approximation logits) {
        this.logits = logits;
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

    int classes() {
        return logits.size();
    }

    double logarithm(int k) {
        return logits.value(k) - largest - Math.log(sum);
    }

    /** How far the logarithm of a probability may be off. */
    double logarithmError(int k) {
        double distance = largest - logits.value(k);
        return 2 * logitError
                // The difference to the largest logit, and that to the logarithm of the sum.
                + Tolerance.roundings(2).of(distance + 2 * logitError + Math.log(sum))
                // Those differences in the sum: their mean, weighted by the probabilities, is at most log(classes).
                + Tolerance.roundings(1).of(Math.log(classes()))
                + Tolerance.dot(classes()).of(1)
                // exp in the sum, and log.
                + Tolerance.function().of(1 + Math.log(sum));
    }

    double probability(int k) {
        return Math.exp(logits.value(k) - largest) / sum;
    }

    double probabilityError(int k) {
        double probability = probability(k);
        double error = logarithmError(k);
        // However far the logits may be off, this stays a probability.
        double above = Math.min(Math.exp(logarithm(k) + error), 1) - probability;
        double below = probability - Math.exp(logarithm(k) - error);
        double carried = Math.max(above, below);
        return carried + Tolerance.function().of(probability + carried);
    }

    /**
     * The same of an engine that lets a library differentiate the logarithms: it multiplies each probability with the sum of
     * the targets, which is 1 up to the roundings of K sums.
     */
    double differentiatedError(int k) {
        double error = probabilityError(k);
        double size = probability(k) + error;
        return error
                + Tolerance.dot(classes()).of(size)
                + Tolerance.roundings(5).of(size);
    }
}
