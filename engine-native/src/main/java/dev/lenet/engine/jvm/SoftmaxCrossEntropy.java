package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/**
 * The loss at the end of a training plan, see {@link dev.lenet.api.engine.Loss.SoftmaxCrossEntropy}.
 *
 * <p>{@code StrictMath}, here and wherever this engine needs such a function, gives the same bits on every JVM and
 * processor; {@code Math.exp} need not.
 */
final class SoftmaxCrossEntropy {
    private SoftmaxCrossEntropy() {}

    /**
     * From the logits of a block to their gradients {@code (softmax - target) / batch.size()}; zero for lanes without an
     * image.
     *
     * @param output [LANES][classes]
     * @param firstImage of the block in the batch
     * @param images in the block
     * @return the sum of the images' losses
     */
    static double gradients(Activation output, Batch batch, int firstImage, int images, Loss.SoftmaxCrossEntropy spec) {
        double loss = 0;
        double share = 1.0 / batch.size();
        int classes = output.shape().size();
        double right = spec.target(true, classes);
        double wrong = spec.target(false, classes);
        for (int n = 0; n < Activation.LANES; n++) {
            float[] logits = output.values()[n];
            float[] gradients = output.gradients()[n];
            if (n >= images) {
                java.util.Arrays.fill(gradients, 0);
                continue;
            }
            int label = batch.label(firstImage + n);
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
            loss += StrictMath.log(sum) - expected(logits, largest, label, right, wrong, classes);
            for (int k = 0; k < classes; k++) {
                gradients[k] = (float) ((gradients[k] / sum - (k == label ? right : wrong)) * share);
            }
        }
        return loss;
    }

    /** The sum of the distances to the largest logit, each times its class's target. */
    private static double expected(float[] logits, float largest, int label, double right, double wrong, int classes) {
        double sum = right * ((double) logits[label] - largest);
        if (wrong > 0) {
            for (int k = 0; k < classes; k++) {
                sum += k == label ? 0 : wrong * ((double) logits[k] - largest);
            }
        }
        return sum;
    }
}
