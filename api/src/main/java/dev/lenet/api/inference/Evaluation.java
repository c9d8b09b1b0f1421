package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;

/**
 * How well a model does on a data set. Computed here from logits, in double precision, so that every engine is measured
 * with the same ruler.
 *
 * @param count examples
 * @param loss mean softmax cross-entropy
 * @param confusion row = true class, column = predicted class, in examples
 */
public record Evaluation(int count, double loss, int[][] confusion) {

    /**
     * Runs the model over the whole data set.
     *
     * @throws ShapeException if the model does not fit the data set
     * @throws DatasetException if the data set is empty
     */
    public static Evaluation of(Model model, Dataset dataset) {
        check(model, dataset);
        Tally tally = new Tally(dataset);
        Outputs.forEach(model, dataset, tally);
        return tally.evaluation();
    }

    static void check(Model model, Dataset dataset) {
        if (dataset.size() == 0) {
            throw new DatasetException("Evaluation: expected at least one example, received an empty data set."
                    + " Evaluate a data set with examples.");
        }
        int classes = model.network().output().size();
        if (classes != dataset.classes()) {
            throw new ShapeException("Evaluation: expected a data set of the model's " + classes + " classes, received "
                    + dataset.classes() + ". Evaluate the data the model was trained for.");
        }
    }

    /** Counts example by example. */
    static final class Tally implements Outputs.Receiver {
        private final Dataset dataset;
        private final int classes;
        private final int[][] confusion;
        private double loss;

        Tally(Dataset dataset) {
            this.dataset = dataset;
            this.classes = dataset.classes();
            this.confusion = new int[classes][classes];
        }

        @Override
        public void accept(int row, float[] logits, int offset) {
            int label = dataset.label(row);
            loss -= Softmax.logProbability(logits, offset, classes, label);
            confusion[label][Softmax.argmax(logits, offset, classes)]++;
        }

        Evaluation evaluation() {
            return new Evaluation(dataset.size(), loss / dataset.size(), confusion);
        }
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
        checked(k);
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

    private int checked(int k) {
        return Argument.checkIndex(k, confusion.length, "Evaluation", "class");
    }

    /** The number of examples of that class. */
    public int support(int k) {
        int support = 0;
        for (int predicted : confusion[checked(k)]) {
            support += predicted;
        }
        return support;
    }
}
