package dev.lenet.tck.oracle;

/**
 * The loss of one example, {@code T^2 * sum over k of q[k] * (log(q[k]) - log(p[k]))}, and its gradient {@code T * (p - q)},
 * where {@code p = softmax(z / T)}.
 *
 * <p>Softening rounds every logit: a division, or a product with a rounded inverse. The terms of the loss cancel where the
 * network agrees with its teacher, so that its error goes by their sizes and not by its own.
 */
final class DistillationOracle implements LossOracle {
    private final SoftmaxOracle softmax;
    private final float[] softLabel;
    private final double temperature;

    DistillationOracle(Approximation logits, float[] softLabel, double temperature) {
        this.softmax = new SoftmaxOracle(softened(logits, temperature));
        this.softLabel = softLabel;
        this.temperature = temperature;
    }

    private static Approximation softened(Approximation logits, double temperature) {
        Approximation softened = Approximation.zeros(logits.size());
        for (int k = 0; k < logits.size(); k++) {
            double value = logits.value(k) / temperature;
            double error = logits.error(k) / temperature;
            // The temperature itself may be rounded, too.
            softened.set(k, value, error + Tolerance.roundings(3).of(Math.abs(value) + error));
        }
        return softened;
    }

    @Override
    public double loss() {
        double divergence = 0;
        for (int k = 0; k < softLabel.length; k++) {
            double q = softLabel[k];
            divergence += q == 0 ? 0 : q * (Math.log(q) - softmax.logarithm(k));
        }
        return temperature * temperature * divergence;
    }

    @Override
    public double lossError() {
        double size = 0;
        double error = 0;
        for (int k = 0; k < softLabel.length; k++) {
            double q = softLabel[k];
            if (q > 0) {
                double logarithm = Math.abs(Math.log(q));
                double termError =
                        softmax.logarithmError(k) + Tolerance.function().of(logarithm);
                error += q * termError;
                size += q * (logarithm + Math.abs(softmax.logarithm(k)) + termError);
            }
        }
        // Two products for each class; then the square, the product with it, and both in the other order.
        error += Tolerance.dot(2 * softLabel.length).of(size)
                + Tolerance.roundings(4).of(size);
        return temperature * temperature * error;
    }

    @Override
    public Approximation gradient(int batchSize) {
        Approximation dLogits = Approximation.zeros(softLabel.length);
        for (int k = 0; k < softLabel.length; k++) {
            double probability = softmax.probability(k);
            double error = softmax.differentiatedError(k);
            error += Tolerance.roundings(1).of(probability + softLabel[k] + error);
            double share = temperature * (probability - softLabel[k]) / batchSize;
            double shareError = temperature * error / batchSize;
            // The temperature, the product with it and the division; or a product with the rounded quotient.
            dLogits.set(k, share, shareError + Tolerance.roundings(4).of(Math.abs(share) + shareError));
        }
        return dLogits;
    }
}
