package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/**
 * The loss at the end of a training plan.
 *
 * <p>{@code StrictMath}, here and wherever this engine needs such a function, gives the same bits on every JVM and
 * processor; {@code Math.exp} need not.
 */
interface LossFunction {

    /**
     * From the logits of an image to their gradients, those of the batch's mean loss.
     *
     * @param index of the image in the batch
     * @param logits [classes]
     * @param gradients [classes], where they go
     * @return the image's loss
     */
    double gradients(float[] logits, float[] gradients, Batch batch, int index);

    /**
     * The same for a block of images.
     *
     * @param output [lanes][classes]
     * @param firstImage of the block in the batch
     * @return the sum of the images' losses
     */
    default double gradients(Activation output, Batch batch, int firstImage) {
        double loss = 0;
        for (int n = 0; n < output.lanes(); n++) {
            loss += gradients(output.values()[n], output.gradients()[n], batch, firstImage + n);
        }
        return loss;
    }

    /** For one thread at a time, and logits of so many classes. */
    static LossFunction of(Loss loss, int classes) {
        return loss.accept(new Loss.Visitor<>() {
            @Override
            public LossFunction visit(Loss.SoftmaxCrossEntropy entropy) {
                return new SoftmaxCrossEntropy(entropy, classes);
            }

            @Override
            public LossFunction visit(Loss.Distillation distillation) {
                return new Distillation(distillation, classes);
            }
        });
    }
}
