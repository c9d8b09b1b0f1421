package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/** See {@link Loss.SoftmaxCrossEntropy}. */
final class SoftmaxCrossEntropy implements LossFunction {
    private final int classes;
    /** What the probability of the true class should become, and that of every other. */
    private final double right;

    private final double wrong;

    SoftmaxCrossEntropy(Loss.SoftmaxCrossEntropy spec, int classes) {
        this.classes = classes;
        this.right = spec.target(true, classes);
        this.wrong = spec.target(false, classes);
    }

    @Override
    public double gradients(float[] logits, float[] gradients, Batch batch, int index) {
        double share = 1.0 / batch.size();
        int label = batch.label(index);
        float largest = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double exponential = StrictMath.exp((double) logits[k] - largest);
            gradients[k] = (float) exponential;
            sum += exponential;
        }
        double loss = StrictMath.log(sum) - expected(logits, largest, label);
        for (int k = 0; k < classes; k++) {
            gradients[k] = (float) ((gradients[k] / sum - (k == label ? right : wrong)) * share);
        }
        return loss;
    }

    /** The sum of the distances to the largest logit, each times its class's target. */
    private double expected(float[] logits, float largest, int label) {
        double sum = right * ((double) logits[label] - largest);
        if (wrong > 0) {
            for (int k = 0; k < classes; k++) {
                sum += k == label ? 0 : wrong * ((double) logits[k] - largest);
            }
        }
        return sum;
    }
}
