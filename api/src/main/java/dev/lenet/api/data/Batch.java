package dev.lenet.api.data;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;

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
            throw new IllegalArgumentException("Batch: expected 1 to " + order.length
                    + " rows inside the order, received " + size + " from " + offset);
        }
    }

    /** The rows {@code from} to {@code from + size - 1} of the data set, in its own order. */
    public static Batch range(Dataset dataset, int from, int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = from + i;
        }
        return new Batch(dataset, order, 0, size);
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
