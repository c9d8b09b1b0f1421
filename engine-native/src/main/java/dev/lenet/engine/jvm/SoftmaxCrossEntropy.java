package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;

/**
 * The loss at the end of a training plan, see {@link dev.lenet.api.engine.Loss.SoftmaxCrossEntropy}.
 *
 * <p>{@code StrictMath}, here and wherever this engine needs such a function, gives the same bits on every JVM and
 * processor; {@code Math.exp} need not.
 */
final class SoftmaxCrossEntropy {
    private SoftmaxCrossEntropy() {}

    /**
     * From the logits of a block to their gradients {@code (softmax - onehot) / batch.size()}; zero for lanes without an
     * image.
     *
     * @param output [LANES][classes]
     * @param firstImage of the block in the batch
     * @param images in the block
     * @return the sum of the images' losses
     */
    static double gradients(Activation output, Batch batch, int firstImage, int images) {
        double loss = 0;
        double share = 1.0 / batch.size();
        int classes = output.shape().size();
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
            loss += StrictMath.log(sum) - ((double) logits[label] - largest);
            for (int k = 0; k < classes; k++) {
                gradients[k] = (float) ((gradients[k] / sum - (k == label ? 1 : 0)) * share);
            }
        }
        return loss;
    }
}
