package dev.lenet.tck.oracle;

/**
 * The loss of one example, {@code sum over k of target[k] * (log(sum over j of exp(z[j])) - z[k])}, and its gradient
 * {@code softmax(z) - target}, where {@code target = (1 - s) * onehot(label) + s / K} for a label smoothing of s.
 *
 * <p>Without smoothing the targets are 0 and 1, and nothing is rounded. With it, the numbers that make a target are rounded,
 * multiplied and added: four roundings. All terms of the loss are positive, so that it is off by no more than a sum of K
 * and one products of its size.
 */
final class SoftmaxCrossEntropyOracle implements LossOracle {
    private final SoftmaxOracle softmax;
    private final int label;
    private final double smoothing;

    SoftmaxCrossEntropyOracle(Approximation logits, int label, double smoothing) {
        this.softmax = new SoftmaxOracle(logits);
        this.label = label;
        this.smoothing = smoothing;
    }

    @Override
    public double loss() {
        double loss = 0;
        for (int k = 0; k < softmax.classes(); k++) {
            double target = target(k);
            loss -= target == 0 ? 0 : target * softmax.logarithm(k);
        }
        return loss;
    }

    @Override
    public double lossError() {
        double error = 0;
        for (int k = 0; k < softmax.classes(); k++) {
            double target = target(k);
            error += target == 0 ? 0 : target * softmax.logarithmError(k);
        }
        if (smoothing == 0) {
            return error;
        }
        double size = loss() + error;
        return error
                + Tolerance.dot(softmax.classes() + 1).of(size)
                + Tolerance.roundings(4).of(size);
    }

    private double target(int k) {
        return (k == label ? 1 - smoothing : 0) + smoothing / softmax.classes();
    }

    private double targetError(int k) {
        return smoothing == 0 ? 0 : Tolerance.roundings(4).of(target(k));
    }

    @Override
    public Approximation gradient(int batchSize) {
        Approximation dLogits = Approximation.zeros(softmax.classes());
        for (int k = 0; k < softmax.classes(); k++) {
            double probability = softmax.probability(k);
            double target = target(k);
            double error = smoothing == 0 ? softmax.probabilityError(k) : softmax.differentiatedError(k);
            error += targetError(k);
            error += Tolerance.roundings(1).of(probability + target + error);
            double share = (probability - target) / batchSize;
            double shareError = error / batchSize;
            // The division, or a product with the rounded inverse.
            dLogits.set(k, share, shareError + Tolerance.roundings(2).of(Math.abs(share) + shareError));
        }
        return dLogits;
    }
}
