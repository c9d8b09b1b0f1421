package dev.lenet.tck.oracle;

/**
 * The loss of one example, {@code log(sum over k of exp(z[k])) - z[label]}, and its gradient {@code softmax(z) -
 * onehot(label)}.
 *
 * <p>The error of a probability: moving every logit by at most e moves the logarithm of a probability by at most 2e; an
 * engine adds the roundings of the difference to the largest logit, of exp, of the sum and of the quotient.
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
        return 2 * logitError
                + Tolerance.roundings(2).of(distance + Math.log(sum))
                // Of the sum of exponentials and of the logarithm.
                + Tolerance.dot(logits.size()).of(1)
                + Tolerance.function().of(2 + Math.log(sum));
    }

    /** For the loss of this example as one of a batch's, whose mean is taken. */
    Approximation gradient(int batchSize) {
        Approximation dLogits = Approximation.zeros(logits.size());
        for (int k = 0; k < logits.size(); k++) {
            double probability = Math.exp(logits.value(k) - largest) / sum;
            double probabilityError = probability * Math.expm1(logProbabilityError(k))
                    + Tolerance.function().of(probability);
            double difference = probability - (k == label ? 1 : 0);
            double error =
                    probabilityError + Tolerance.roundings(3).of(probability + probabilityError + (k == label ? 1 : 0));
            dLogits.set(k, difference / batchSize, error / batchSize);
        }
        return dLogits;
    }
}
