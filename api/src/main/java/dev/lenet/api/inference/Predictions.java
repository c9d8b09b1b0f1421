package dev.lenet.api.inference;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Model;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model says of every example of a data set. */
public final class Predictions {
    private final Dataset dataset;
    private final int classes;
    private final Evaluation.Tally tally;
    private final int[] predicted;
    private final float[] probabilities;

    private Predictions(Dataset dataset) {
        this.dataset = dataset;
        this.classes = dataset.classes();
        this.tally = new Evaluation.Tally(dataset);
        this.predicted = new int[dataset.size()];
        this.probabilities = new float[dataset.size() * classes];
    }

    /**
     * Runs the model over all examples.
     *
     * @throws ShapeException if the model does not fit the data set
     * @throws DatasetException if the data set is empty
     */
    public static Predictions of(Model model, Dataset dataset) {
        Evaluation.check(model, dataset);
        Predictions predictions = new Predictions(dataset);
        Outputs.forEach(model, dataset, predictions::take);
        return predictions;
    }

    /**
     * From logits that a model put out before.
     *
     * @param logits {@code [dataset.size(), dataset.classes()]}, row-major
     * @throws IllegalArgumentException if there are not as many
     */
    public static Predictions of(Dataset dataset, float[] logits) {
        Argument.check(
                logits.length == (long) dataset.size() * dataset.classes(),
                "Predictions",
                "a logit for each class of each of " + dataset.size() + " examples",
                logits.length,
                "Give those of this very data set.");
        Predictions predictions = new Predictions(dataset);
        for (int row = 0; row < dataset.size(); row++) {
            predictions.take(row, logits, row * predictions.classes);
        }
        return predictions;
    }

    private void take(int row, float[] logits, int offset) {
        tally.accept(row, logits, offset);
        predicted[row] = Softmax.argmax(logits, offset, classes);
        double[] likelihoods = Softmax.probabilities(logits, offset, classes);
        for (int k = 0; k < classes; k++) {
            probabilities[row * classes + k] = (float) likelihoods[k];
        }
    }

    /** The examples, by whose rows everything here goes. */
    public Dataset dataset() {
        return dataset;
    }

    /** How well the model did on them. */
    public Evaluation evaluation() {
        return tally.evaluation();
    }

    /** The number of examples. */
    public int count() {
        return predicted.length;
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** The class that the data set says, from 0. */
    public int label(int row) {
        return dataset.label(row);
    }

    /** The likeliest class, from 0; the lowest of equals. */
    public int predicted(int row) {
        return predicted[Argument.checkIndex(row, predicted.length, "Predictions", "row")];
    }

    /** Whether the likeliest class is the one the data set says. */
    public boolean correct(int row) {
        return predicted(row) == label(row);
    }

    /** The probability of class k. */
    public double probability(int row, int k) {
        Argument.checkIndex(row, predicted.length, "Predictions", "row");
        return probabilities[row * classes + Argument.checkIndex(k, classes, "Predictions", "class")];
    }

    /** The probability of the likeliest class. */
    public double confidence(int row) {
        return probability(row, predicted(row));
    }

    /** The classes, the likeliest first. */
    public List<Integer> ranked(int row) {
        return IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(k -> k == predicted(row) ? 0 : 1)
                        .thenComparing(k -> -probability(row, k)))
                .toList();
    }

    /** The rows whose class was not predicted, the most confident mistake first. */
    public List<Integer> mistakes() {
        return IntStream.range(0, count())
                .filter(row -> !correct(row))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -confidence(row)))
                .toList();
    }
}
