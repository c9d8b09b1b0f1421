package dev.lenet.api.inference;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;

/**
 * How well a model does on a data set. Computed here from logits, in double precision, so that every engine is measured
 * with the same ruler.
 *
 * @param count examples
 * @param loss mean softmax cross-entropy
 * @param confusion row = true class, column = predicted class, in examples
 */
public record Evaluation(int count, double loss, int[][] confusion) {

    /** Large enough to keep any engine busy, small enough not to matter for memory. */
    private static final int BATCH_SIZE = 250;

    /**
     * Runs the model over the whole data set.
     *
     * @throws ShapeException if the model does not fit the data set
     * @throws DatasetException if the data set is empty
     */
    public static Evaluation of(Model model, Dataset dataset) {
        if (dataset.size() == 0) {
            throw new DatasetException("Evaluation: expected at least one example, received an empty data set."
                    + " Evaluate a data set with examples.");
        }
        int classes = model.network().output().size();
        if (classes != dataset.classes()) {
            throw new ShapeException("Evaluation: expected a data set of the model's " + classes + " classes, received "
                    + dataset.classes() + ". Evaluate the data the model was trained for.");
        }
        int[][] confusion = new int[classes][classes];
        double loss = 0;
        for (int from = 0; from < dataset.size(); from += BATCH_SIZE) {
            Batch batch = Batch.range(dataset, from, Math.min(BATCH_SIZE, dataset.size() - from));
            try (Tensor tensor = model.predict(batch)) {
                float[] logits = tensor.toArray();
                for (int i = 0; i < batch.size(); i++) {
                    int label = batch.label(i);
                    loss -= Softmax.logProbability(logits, i * classes, classes, label);
                    confusion[label][Softmax.argmax(logits, i * classes, classes)]++;
                }
            }
        }
        return new Evaluation(dataset.size(), loss / dataset.size(), confusion);
    }

    /** The share of examples whose class was predicted. */
    public double accuracy() {
        int correct = 0;
        for (int k = 0; k < confusion.length; k++) {
            correct += confusion[k][k];
        }
        return (double) correct / count;
    }

    /** The accuracy of always predicting the most frequent class: what a model has that learnt nothing. */
    public double chance() {
        int most = 0;
        for (int k = 0; k < confusion.length; k++) {
            most = Math.max(most, support(k));
        }
        return (double) most / count;
    }

    /** Of the examples predicted to be of that class, the share that are; 0 if there are none. */
    public double precision(int k) {
        int predicted = 0;
        for (int[] row : confusion) {
            predicted += row[k];
        }
        return predicted == 0 ? 0 : (double) confusion[k][k] / predicted;
    }

    /** Of the examples of that class, the share predicted to be; 0 if there are none. */
    public double recall(int k) {
        return support(k) == 0 ? 0 : (double) confusion[k][k] / support(k);
    }

    /** The harmonic mean of precision and recall; 0 if both are. */
    public double f1(int k) {
        double sum = precision(k) + recall(k);
        return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
    }

    /** The number of examples of that class. */
    public int support(int k) {
        int support = 0;
        for (int predicted : confusion[k]) {
            support += predicted;
        }
        return support;
    }
}
