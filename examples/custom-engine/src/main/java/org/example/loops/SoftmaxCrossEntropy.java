package org.example.loops;

import dev.lenet.api.engine.Loss;

/**
 * One example's share of the loss, see {@link Loss.SoftmaxCrossEntropy}. Computed in double
 * precision: it is only a handful of numbers.
 *
 * @param loss of this example, not yet divided by the size of the batch
 * @param dZ [classes], the gradient of the batch's mean loss by this example's logits
 */
record SoftmaxCrossEntropy(double loss, float[] dZ) {

    /**
     * @param z [classes], the logits
     * @param count examples in the batch
     */
    static SoftmaxCrossEntropy of(Loss.SoftmaxCrossEntropy spec, float[] z, int label, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : z) {
            largest = Math.max(largest, logit);
        }
        double[] exponentials = new double[z.length]; // at most 1 each: none overflows
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            exponentials[k] = StrictMath.exp(z[k] - largest);
            sum += exponentials[k];
        }
        double loss = StrictMath.log(sum);
        float[] dZ = new float[z.length];
        for (int k = 0; k < z.length; k++) {
            double target = spec.target(k == label, z.length);
            loss -= target * (z[k] - largest);
            dZ[k] = (float) ((exponentials[k] / sum - target) / count);
        }
        return new SoftmaxCrossEntropy(loss, dZ);
    }
}
