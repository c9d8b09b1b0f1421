package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a data set that a step looks at together: {@code order[offset]} to {@code order[offset + size - 1]}.
 *
 * <p>A batch holds no examples. An engine reads them straight into its own layout, or gathers them on a device that holds
 * the whole data set. Soft labels are all that a batch may have of its own, see {@link #withSoftLabels}.
 */
public final class Batch {
    /** How far the sum of a soft label may be from 1: probabilities that are rounded to three digits pass. */
    private static final double SUM_MARGIN = 1e-3;

    private final Dataset dataset;
    private final int[] order;
    private final int offset;
    private final int size;
    /** {@code [more than size, classes]}; null where the labels are certain. */
    private final float @Nullable [] softLabels;
    /** The row of the soft labels that belongs to example 0. */
    private final int firstSoftLabel;

    /**
     * Some rows of a data set, whose labels are certain.
     *
     * @param order row numbers, shared between the batches of an epoch; not copied, and not to be changed
     * @param offset where the batch begins in the order
     * @param size the number of its examples, at least 1
     * @throws IllegalArgumentException if the order has not as many rows there, or the data set has not these rows
     */
    public Batch(Dataset dataset, int[] order, int offset, int size) {
        this(dataset, order, offset, size, null, 0);
        int rows = dataset.size();
        for (int i = offset; i < offset + size; i++) {
            if (order[i] < 0 || order[i] >= rows) {
                throw Argument.refusal(
                        "Batch",
                        rows == 0 ? "a data set with examples" : "rows 0 to " + (rows - 1) + " of the data set",
                        rows == 0 ? "an empty one" : "row " + order[i],
                        "Take rows that the data set has.");
            }
        }
    }

    private Batch(
            Dataset dataset, int[] order, int offset, int size, float @Nullable [] softLabels, int firstSoftLabel) {
        if (size < 1 || offset < 0 || offset > order.length - size) {
            throw Argument.refusal(
                    "Batch",
                    "1 to " + order.length + " rows inside the order",
                    size + " from " + offset,
                    "Take rows that the order has.");
        }
        this.dataset = dataset;
        this.order = order;
        this.offset = offset;
        this.size = size;
        this.softLabels = softLabels;
        this.firstSoftLabel = firstSoftLabel;
    }

    /**
     * The rows {@code from} to {@code from + size - 1} of the data set, in its own order.
     *
     * @param size at least 1
     * @throws IllegalArgumentException if the data set has not these rows
     */
    public static Batch range(Dataset dataset, int from, int size) {
        if (size < 1 || from < 0 || from > dataset.size() - size) {
            throw Argument.refusal(
                    "Batch",
                    "1 to " + dataset.size() + " rows inside the data set",
                    size + " from " + from,
                    "Take rows that the data set has.");
        }
        return new Batch(dataset, rows(from, size), 0, size);
    }

    /**
     * A whole data set in its own order, cut into batches that share one order.
     *
     * <pre>{@code
     * for (Batch batch : Batch.inOrder(dataset, 250)) {
     *     try (Tensor logits = model.predict(batch)) {
     *         // logits of examples batch.offset() to batch.offset() + batch.size() - 1
     *     }
     * }
     * }</pre>
     *
     * @param batchSize examples of each batch; the last may have fewer
     * @return none for an empty data set
     */
    public static List<Batch> inOrder(Dataset dataset, int batchSize) {
        Argument.check(batchSize >= 1, "Batches", "a batch size of at least 1", batchSize, "Make it larger.");
        int[] order = rows(0, dataset.size());
        List<Batch> batches = new ArrayList<>();
        int size;
        for (int offset = 0; offset < order.length; offset += size) {
            size = Math.min(batchSize, order.length - offset);
            batches.add(new Batch(dataset, order, offset, size));
        }
        return List.copyOf(batches);
    }

    private static int[] rows(int from, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        return rows;
    }

    /**
     * The same examples with soft labels: what the probabilities of the classes should be, where more is known than a label
     * says, for example by a network that teaches. {@link dev.lenet.api.engine.Loss.Distillation} aims at them; everything
     * else goes by {@link #label}.
     *
     * @param softLabels {@code [size, classes]}, row-major, those of an example none below 0 and together 1; copied
     * @throws IllegalArgumentException if there are not as many, or those of an example are no probabilities
     */
    public Batch withSoftLabels(float[] softLabels) {
        int classes = dataset.classes();
        if (softLabels.length != (long) size * classes) {
            throw Argument.refusal(
                    "Soft labels",
                    size + " examples of " + classes + " classes",
                    softLabels.length + " values",
                    "Give each example a value for each class.");
        }
        for (int i = 0; i < size; i++) {
            checkProbabilities(i, softLabels, i * classes, classes);
        }
        return new Batch(dataset, order, offset, size, softLabels.clone(), 0);
    }

    private static void checkProbabilities(int i, float[] values, int offset, int classes) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            float value = values[offset + k];
            sum += value >= 0 ? value : Double.NaN;
        }
        if (!(Math.abs(sum - 1) <= SUM_MARGIN)) {
            throw Argument.refusal(
                    "Soft label of example " + i + " of the batch",
                    "probabilities, none below 0 and together 1",
                    Arrays.toString(Arrays.copyOfRange(values, offset, offset + classes)),
                    "Divide them by their sum.");
        }
    }

    /**
     * Some examples of this batch as a batch of their own, with their soft labels.
     *
     * @param from the first, from 0
     * @param count how many, at least 1
     * @throws IndexOutOfBoundsException if it has not these examples
     */
    public Batch part(int from, int count) {
        Argument.checkRange(from, count, size, "Batch");
        return new Batch(dataset, order, offset + from, count, softLabels, firstSoftLabel + from);
    }

    /** What the rows are of. */
    public Dataset dataset() {
        return dataset;
    }

    /** Row numbers of the data set, this batch's among others; not to be changed. */
    public int[] order() {
        return order;
    }

    /** Where this batch begins in the order. */
    public int offset() {
        return offset;
    }

    /** The number of examples. */
    public int size() {
        return size;
    }

    /**
     * @throws ShapeException if the examples have another shape
     */
    public void check(Shape example) {
        if (!dataset.exampleShape().equals(example)) {
            throw new ShapeException("Batch: expected examples of shape " + example + ", received "
                    + dataset.exampleShape() + ". Use a data set that fits the network's input.");
        }
    }

    /** Writes example i of this batch, row-major and normalised, to {@code target[targetOffset ...]}. */
    public void read(int i, float[] target, int targetOffset) {
        dataset.read(row(i), target, targetOffset);
    }

    /** The class of example i of this batch. */
    public int label(int i) {
        return dataset.label(row(i));
    }

    private int row(int i) {
        return order[offset + Argument.checkIndex(i, size, "Batch", "example")];
    }

    /**
     * Writes the soft label of example i of this batch, a probability for each class, to {@code target[targetOffset ...]}. In a
     * batch without soft labels it is 1 for the label and 0 for the other classes.
     */
    public void readSoftLabel(int i, float[] target, int targetOffset) {
        int classes = dataset.classes();
        if (softLabels != null) {
            Argument.checkIndex(i, size, "Batch", "example");
            System.arraycopy(softLabels, (firstSoftLabel + i) * classes, target, targetOffset, classes);
            return;
        }
        Arrays.fill(target, targetOffset, targetOffset + classes, 0);
        int label = label(i);
        // An engine reports a label that is no class when it trains on it.
        if (label >= 0 && label < classes) {
            target[targetOffset + label] = 1;
        }
    }
}
