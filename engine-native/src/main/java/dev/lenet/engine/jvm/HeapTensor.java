package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Tensor;

/** A tensor on the Java heap. There is nothing to free; closing it only keeps the contract. */
final class HeapTensor implements Tensor {
    private final NativeEngine engine;
    private final Shape shape;
    private final float[] values;
    private volatile boolean closed;

    HeapTensor(NativeEngine engine, Shape shape, float[] values) {
        this.engine = engine;
        this.shape = shape;
        this.values = values;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public float[] toArray() {
        return values().clone();
    }

    NativeEngine engine() {
        return engine;
    }

    /** Not copied, not to be changed. */
    float[] values() {
        engine.checkOpen();
        if (closed) {
            throw new IllegalStateException("This tensor is closed.");
        }
        return values;
    }

    @Override
    public void close() {
        closed = true;
    }
}
