package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some rows of a data set that a step looks at together: {@code order[offset]} to {@code order[offset + size - 1]}.
 *
 * <p>A batch holds no values. An engine reads them straight into its own layout, or gathers them on a device that holds
 * the whole data set.
 *
 * @param order row numbers, shared between the batches of an epoch and not to be changed
 */
public record Batch(Dataset dataset, int[] order, int offset, int size) {

    public Batch {
        if (size < 1 || offset < 0 || offset > order.length - size) {
            throw Argument.refusal(
                    "Batch",
                    "1 to " + order.length + " rows inside the order",
                    size + " from " + offset,
                    "Take rows that the order has.");
        }
    }

    /** The rows {@code from} to {@code from + size - 1} of the data set, in its own order. */
    public static Batch range(Dataset dataset, int from, int size) {
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
        dataset.read(order[offset + i], target, targetOffset);
    }

    /** Writes the soft label of example i of this batch, a probability for each class, to {@code target[targetOffset ...]}. */
    public void readSoftLabel(int i, float[] target, int targetOffset) {
        dataset.readSoftLabel(order[offset + i], target, targetOffset);
    }

    /** The class of example i of this batch. */
    public int label(int i) {
        return dataset.label(order[offset + i]);
    }
}
