package dev.lenet.api.training;

import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Softmax;
import java.util.List;

/** Networks whose answers another one learns: the mean of their softened probabilities. */
final class Teachers {
    private final List<Model> models;
    private final double temperature;

    /** @param temperature what logits are divided by before the softmax */
    Teachers(List<Model> models, double temperature) {
        this.models = models;
        this.temperature = temperature;
    }

    /**
     * What the teachers say of the examples of a batch.
     *
     * @return {@code [size, classes]}, probabilities
     * @throws DivergedException if a logit is not a finite number
     */
    float[] answers(Batch batch) {
        int classes = batch.dataset().classes();
        double[] sums = new double[batch.size() * classes];
        for (Model model : models) {
            try (Tensor tensor = model.predict(batch)) {
                float[] logits = tensor.toArray();
                for (int i = 0; i < logits.length; i += classes) {
                    add(logits, i, classes, sums);
                }
            }
        }
        float[] softLabels = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            softLabels[i] = (float) (sums[i] / models.size());
            if (!Float.isFinite(softLabels[i])) {
                throw new DivergedException("Teachers: expected finite logits for each example, received others for"
                        + " example " + i / classes + " of the batch."
                        + " Check the values of the examples, and the weights of the teachers.");
            }
        }
        return softLabels;
    }

    /** In strict arithmetic: a run is to be the same to the bit on every JVM. */
    private void add(float[] logits, int offset, int classes, double[] sums) {
        double largest = logits[offset + Softmax.argmax(logits, offset, classes)];
        double[] exponentials = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            exponentials[k] = StrictMath.exp((logits[offset + k] - largest) / temperature);
            sum += exponentials[k];
        }
        for (int k = 0; k < classes; k++) {
            sums[offset + k] += exponentials[k] / sum;
        }
    }
}
