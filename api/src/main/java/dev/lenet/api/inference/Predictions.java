package dev.lenet.api.inference;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model says of every image of a data set. */
public final class Predictions {
    private static final int BATCH_SIZE = 250;

    private final ImageDataset images;
    private final int classes;
    private final int[] predicted;
    private final float[] probabilities;

    private Predictions(ImageDataset images) {
        this.images = images;
        this.classes = images.classes();
        this.predicted = new int[images.size()];
        this.probabilities = new float[images.size() * classes];
    }

    /** Runs the model over all images. */
    public static Predictions of(Model model, ImageDataset images) {
        Predictions predictions = new Predictions(images);
        for (int from = 0; from < images.size(); from += BATCH_SIZE) {
            Batch batch = Batch.range(images, from, Math.min(BATCH_SIZE, images.size() - from));
            try (Tensor tensor = model.predict(batch)) {
                predictions.take(from, batch.size(), tensor.toArray());
            }
        }
        return predictions;
    }

    /** From logits, {@code [N, classes]}. */
    public static Predictions of(ImageDataset images, float[] logits) {
        Predictions predictions = new Predictions(images);
        predictions.take(0, images.size(), logits);
        return predictions;
    }

    private void take(int from, int count, float[] logits) {
        for (int i = 0; i < count; i++) {
            predicted[from + i] = Softmax.argmax(logits, i * classes, classes);
            double[] row = Softmax.probabilities(logits, i * classes, classes);
            for (int k = 0; k < classes; k++) {
                probabilities[(from + i) * classes + k] = (float) row[k];
            }
        }
    }

    public ImageDataset images() {
        return images;
    }

    public int count() {
        return predicted.length;
    }

    public int classes() {
        return classes;
    }

    public int label(int row) {
        return images.label(row);
    }

    /** The likeliest class. */
    public int predicted(int row) {
        return predicted[row];
    }

    public boolean correct(int row) {
        return predicted(row) == label(row);
    }

    public double probability(int row, int k) {
        return probabilities[row * classes + k];
    }

    /** The probability of the likeliest class. */
    public double confidence(int row) {
        return probability(row, predicted(row));
    }

    /** The classes from the likeliest on. */
    public List<Integer> ranked(int row) {
        return IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(k -> k == predicted(row) ? 0 : 1)
                        .thenComparing(k -> -probability(row, k)))
                .toList();
    }

    /** The images whose class was not predicted, the most confident mistake first. */
    public List<Integer> mistakes() {
        return IntStream.range(0, count())
                .filter(row -> !correct(row))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -confidence(row)))
                .toList();
    }
}
