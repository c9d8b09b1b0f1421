package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Turns rows of a data set into arrays, through memory that is reused from batch to batch. For one thread at a time. */
final class BatchBuffer {
    private final Shape example;
    private final float[] values;
    private final HostBuffer inputs = new HostBuffer();
    private final HostBuffer labels = new HostBuffer();

    /** For examples of that shape. */
    BatchBuffer(Shape example) {
        this.example = example;
        this.values = new float[example.size()];
    }

    /** {@code [N, ...example]}, valid until the next batch. */
    NDArray inputs(Batch batch, NDManager scope) {
        Shape shape = example.batchOf(batch.size());
        FloatBuffer room =
                inputs.room(Math.multiplyExact(shape.size(), Float.BYTES)).asFloatBuffer();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, 0);
            room.put(values);
        }
        return inputs.array(scope, HostBuffer.dimensions(shape), DataType.FLOAT32);
    }

    /**
     * {@code [N, 1]} as PyTorch wants indices: 64-bit integers. Valid until the next batch.
     *
     * @throws DatasetException if a label is not a class; on a GPU PyTorch would abort the process for it
     */
    NDArray labels(Batch batch, int classes, NDManager scope) {
        LongBuffer room =
                labels.room(Math.multiplyExact(batch.size(), Long.BYTES)).asLongBuffer();
        for (int i = 0; i < batch.size(); i++) {
            int label = batch.label(i);
            if (label < 0 || label >= classes) {
                throw new DatasetException("Label of example " + i + " of the batch: expected 0 to " + (classes - 1)
                        + ", received " + label + ". Correct the data set.");
            }
            room.put(label);
        }
        return labels.array(scope, new ai.djl.ndarray.types.Shape(batch.size(), 1), DataType.INT64);
    }

    /**
     * @throws ShapeException if the batch's examples have another shape
     */
    static void check(String where, Batch batch, Shape example) {
        if (!batch.dataset().exampleShape().equals(example)) {
            throw new ShapeException(where + ": expected examples of shape " + example + ", received "
                    + batch.dataset().exampleShape() + ". Use a data set of the network's input shape.");
        }
    }
}
