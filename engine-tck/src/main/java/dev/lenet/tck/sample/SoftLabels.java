package dev.lenet.tck.sample;

import dev.lenet.api.RandomStream;
import dev.lenet.api.data.Batch;

/** Soft labels that favour other classes than the label, among them probabilities of 0. */
public final class SoftLabels {
    private SoftLabels() {}

    /** The same batch with soft labels; those of example i depend on the seed, i and the label alone. */
    public static Batch of(Batch batch, long seed) {
        int classes = batch.dataset().classes();
        float[] softLabels = new float[batch.size() * classes];
        for (int i = 0; i < batch.size(); i++) {
            write(batch.label(i), classes, RandomStream.of(seed, "soft labels").substream(i), softLabels, i * classes);
        }
        return batch.withSoftLabels(softLabels);
    }

    private static void write(int label, int classes, RandomStream draws, float[] target, int offset) {
        double[] shares = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            boolean next = k == (label + 1) % classes;
            // The class after the label has some of it in any case, so that there is something to divide by.
            boolean none = k == label || (!next && draws.uniform(2L * k) < 0.3);
            shares[k] = none ? 0 : 0.1 + draws.uniform(2L * k + 1);
            sum += shares[k];
        }
        for (int k = 0; k < classes; k++) {
            target[offset + k] = (float) (shares[k] / sum);
        }
    }
}
