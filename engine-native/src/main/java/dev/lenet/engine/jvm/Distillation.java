package dev.lenet.engine.jvm;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/** See {@link Loss.Distillation}. */
final class Distillation implements LossFunction {
    private final double temperature;
    /** Of one image: what its probabilities should be, and the exponentials of its softened logits. */
    private final float[] softLabel;

    private final double[] exponentials;

    Distillation(Loss.Distillation spec, int classes) {
        this.temperature = spec.temperature();
        this.softLabel = new float[classes];
        this.exponentials = new double[classes];
    }

    @Override
    public double gradients(float[] logits, float[] gradients, Batch batch, int index) {
        batch.readSoftLabel(index, softLabel, 0);
        float largest = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < softLabel.length; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = 0; k < softLabel.length; k++) {
            exponentials[k] = StrictMath.exp(((double) logits[k] - largest) / temperature);
            sum += exponentials[k];
        }
        double logarithm = StrictMath.log(sum);
        double share = temperature / batch.size();
        double divergence = 0;
        for (int k = 0; k < softLabel.length; k++) {
            float q = softLabel[k];
            if (q > 0) {
                double logP = ((double) logits[k] - largest) / temperature - logarithm;
                divergence += q * (StrictMath.log(q) - logP);
            }
            gradients[k] = (float) ((exponentials[k] / sum - q) * share);
        }
        return temperature * temperature * divergence;
    }
}
