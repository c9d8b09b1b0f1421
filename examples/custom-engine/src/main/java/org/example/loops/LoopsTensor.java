package org.example.loops;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Tensor;

/** Values on the heap, which never change. The engine is their owner: they outlive the model that computed them. */
final class LoopsTensor implements Tensor {
    private final LoopsEngine engine;
    private final Shape shape;
    private final float[] values;
    private final Lifetime lifetime;

    /**
     * @param values [...shape], kept and not copied
     */
    LoopsTensor(LoopsEngine engine, Shape shape, float[] values) {
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

    /**
     * The values of a tensor, not copied and not to be changed.
     *
     * @throws IllegalArgumentException if it is not a tensor of that engine
     * @throws IllegalStateException if it is closed
     */
    static float[] valuesOf(Tensor tensor, LoopsEngine engine) {
        if (!(tensor instanceof LoopsTensor own) || own.engine != engine) {
            throw LoopsEngine.foreign("tensor", tensor);
        }
        return own.lifetime.use(() -> own.values);
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
