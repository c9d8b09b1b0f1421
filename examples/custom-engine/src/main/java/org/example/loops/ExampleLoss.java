package org.example.loops;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;

/**
 * One example's share of the loss, see {@link Loss}. Computed in double precision: it is only a
 * handful of numbers.
 *
 * @param loss of this example, not yet divided by the size of the batch
 * @param dZ [classes], the gradient of the batch's mean loss by this example's logits
 */
record ExampleLoss(double loss, float[] dZ) {

    /**
     * @param z [classes], the logits of example n of the batch
     */
    static ExampleLoss of(Loss loss, float[] z, Batch batch, int n) {
        return loss.accept(new Loss.Visitor<>() {
            @Override
            public ExampleLoss visit(Loss.SoftmaxCrossEntropy entropy) {
                return ofEntropy(entropy, z, batch, n);
            }

            @Override
            public ExampleLoss visit(Loss.Distillation distillation) {
                return ofDivergence(distillation, z, batch, n);
            }
        });
    }

    private static ExampleLoss ofEntropy(Loss.SoftmaxCrossEntropy spec, float[] z, Batch batch, int n) {
        double[] logP = logSoftmax(z, 1);
        double loss = 0;
        float[] dZ = new float[z.length];
        for (int k = 0; k < z.length; k++) {
            double target = spec.target(k == batch.label(n), z.length);
            loss -= target == 0 ? 0 : target * logP[k];
            dZ[k] = (float) ((StrictMath.exp(logP[k]) - target) / batch.size());
        }
        return new ExampleLoss(loss, dZ);
    }

    private static ExampleLoss ofDivergence(Loss.Distillation spec, float[] z, Batch batch, int n) {
        double temperature = spec.temperature();
        double[] logP = logSoftmax(z, temperature);
        float[] softLabel = new float[z.length];
        batch.readSoftLabel(n, softLabel, 0);
        double divergence = 0;
        float[] dZ = new float[z.length];
        for (int k = 0; k < z.length; k++) {
            double q = softLabel[k];
            divergence += q == 0 ? 0 : q * (StrictMath.log(q) - logP[k]);
            dZ[k] = (float) (temperature * (StrictMath.exp(logP[k]) - q) / batch.size());
        }
        return new ExampleLoss(temperature * temperature * divergence, dZ);
    }

    /** The logarithms of the probabilities; the largest logit goes first, so that no power overflows. */
    private static double[] logSoftmax(float[] z, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : z) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : z) {
            sum += StrictMath.exp((logit - largest) / temperature);
        }
        double[] logP = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            logP[k] = (z[k] - largest) / temperature - StrictMath.log(sum);
        }
        return logP;
    }
}
