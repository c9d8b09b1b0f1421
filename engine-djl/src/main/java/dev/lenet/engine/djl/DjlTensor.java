package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Tensor;

/** One array of PyTorch that is never changed, and whose memory is PyTorch's own. */
final class DjlTensor implements Tensor, DjlEngine.Owned {
    private final DjlEngine engine;
    private final NDArray array;
    private final Shape shape;
    private final Lifetime lifetime;

    DjlTensor(DjlEngine engine, NDArray array, Shape shape) {
        this.engine = engine;
        this.array = array;
        this.shape = shape;
        this.lifetime = new Lifetime("Tensor " + shape, engine.lifetime());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public float[] toArray() {
        return engine.compute(lifetime, () -> HostBuffer.copyOut(array));
    }

    @Override
    public void close() {
        lifetime.close(() -> {
            array.close();
            engine.forget(this);
        });
    }

    @Override
    public DjlEngine engine() {
        return engine;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    NDArray array() {
        return array;
    }
}
