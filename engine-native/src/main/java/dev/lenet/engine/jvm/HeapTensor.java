package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Tensor;

/** A tensor on the Java heap. There is nothing to free; closing it only keeps the contract. */
final class HeapTensor implements Tensor {
    private final NativeEngine engine;
    private final Shape shape;
    private final float[] values;
    private final Lifetime lifetime;

    HeapTensor(NativeEngine engine, Shape shape, float[] values) {
        this.engine = engine;
        this.shape = shape;
        this.values = values;
        this.lifetime = new Lifetime("Tensor " + shape, engine.lifetime());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public float[] toArray() {
        return lifetime.use(values::clone);
    }

    NativeEngine engine() {
        return engine;
    }

    /**
     * Not copied, not to be changed. They outlive the tensor: there is no memory to free.
     *
     * @throws IllegalStateException if the tensor or its engine is closed
     */
    float[] values() {
        return lifetime.use(() -> values);
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
