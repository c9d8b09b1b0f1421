package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Reads each batch on the host, through memory that is reused from batch to batch; a GPU then gets a copy, and waits for it. */
final class HostBatches implements Batches {
    private final Shape example;
    private final float[] values;
    private final HostBuffer inputs = new HostBuffer();
    private final HostBuffer labels = new HostBuffer();

    /** For examples of that shape. */
    HostBatches(Shape example) {
        this.example = example;
        this.values = new float[example.size()];
    }

    @Override
    public NDArray inputs(Batch batch, NDManager scope) {
        Shape shape = example.batchOf(batch.size());
        FloatBuffer room =
                inputs.room(Math.multiplyExact(shape.size(), Float.BYTES)).asFloatBuffer();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, values, 0);
            room.put(values);
        }
        return inputs.array(scope, HostBuffer.dimensions(shape), DataType.FLOAT32);
    }

    @Override
    public NDArray labels(Batch batch, NDManager scope) {
        LongBuffer room =
                labels.room(Math.multiplyExact(batch.size(), Long.BYTES)).asLongBuffer();
        for (int i = 0; i < batch.size(); i++) {
            room.put(batch.label(i));
        }
        return labels.array(scope, new ai.djl.ndarray.types.Shape(batch.size()), DataType.INT64);
    }

    @Override
    public NDArray softLabels(Batch batch, NDManager scope) {
        int classes = batch.dataset().classes();
        float[] softLabel = new float[classes];
        Shape shape = Shape.of(batch.size(), classes);
        FloatBuffer room =
                labels.room(Math.multiplyExact(shape.size(), Float.BYTES)).asFloatBuffer();
        for (int i = 0; i < batch.size(); i++) {
            batch.readSoftLabel(i, softLabel, 0);
            room.put(softLabel);
        }
        return labels.array(scope, HostBuffer.dimensions(shape), DataType.FLOAT32);
    }
}
