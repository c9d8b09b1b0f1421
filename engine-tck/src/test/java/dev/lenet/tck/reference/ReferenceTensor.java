package dev.lenet.tck.reference;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Tensor;

/** Values on the heap. */
public class ReferenceTensor implements Tensor {
    private final ReferenceEngine engine;
    private final Shape shape;
    private final float[] values;
    private final Lifetime lifetime;

    public ReferenceTensor(ReferenceEngine engine, Shape shape, float[] values) {
        this.engine = engine;
        this.shape = shape;
        this.values = values;
        this.lifetime = engine.newLifetime("Tensor " + shape, engine.lifetime());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public float[] toArray() {
        return lifetime.use(values::clone);
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }

    final ReferenceEngine engine() {
        return engine;
    }

    /** The values themselves. */
    protected float[] values() {
        return lifetime.use(() -> values);
    }
}
