package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.Shape;
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
     * {@code [N, 1]} as PyTorch wants indices: 64-bit integers. Valid until the next batch. The labels have been checked:
     * on a GPU PyTorch aborts the process for one that is not a class.
     */
    NDArray labels(Batch batch, NDManager scope) {
        LongBuffer room =
                labels.room(Math.multiplyExact(batch.size(), Long.BYTES)).asLongBuffer();
        for (int i = 0; i < batch.size(); i++) {
            room.put(batch.label(i));
        }
        return labels.array(scope, new ai.djl.ndarray.types.Shape(batch.size(), 1), DataType.INT64);
    }
}
