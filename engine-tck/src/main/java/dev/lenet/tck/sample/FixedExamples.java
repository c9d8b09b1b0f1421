package dev.lenet.tck.sample;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;

/**
 * A data set of given values.
 *
 * @param values example after example, row-major
 * @param labels one an example
 */
public record FixedExamples(Shape exampleShape, float[] values, int[] labels, int classes) implements Dataset {

    public FixedExamples {
        if (values.length != labels.length * exampleShape.size()) {
            throw new IllegalArgumentException("expected " + exampleShape.size() + " values for each of "
                    + labels.length + " labels, received " + values.length);
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int row) {
        return labels[row];
    }

    @Override
    public void read(int row, float[] target, int offset) {
        int size = exampleShape.size();
        System.arraycopy(values, row * size, target, offset, size);
    }

    /** All of it as one batch. */
    public Batch all() {
        return Batch.range(this, 0, labels.length);
    }
}
