package org.example.loops;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;

/**
 * An engine in plain loops over float32 arrays on the heap: one thread, one example after another.
 *
 * <p>It owns nothing that must be freed; its {@link Lifetime} is there to refuse what comes after closing.
 */
final class LoopsEngine implements Engine {
    static final EngineDescription DESCRIPTION = new EngineDescription("loops", "cpu", "plain loops, 1 thread");

    private final Lifetime lifetime = new Lifetime("Engine 'loops'", null);

    @Override
    public EngineDescription describe() {
        return DESCRIPTION;
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        TensorData copy = new TensorData(shape, values.clone()); // which checks that they fill the shape
        return lifetime.use(() -> new LoopsTensor(this, shape, copy.values()));
    }

    @Override
    public Model build(Network network, Weights weights) {
        weights.check(network);
        return lifetime.use(() -> new LoopsModel(this, network, weights));
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec spec) {
        if (!(model instanceof LoopsModel own) || own.engine() != this) {
            throw foreign("model", model);
        }
        spec.check(own.network());
        return own.lifetime().use(() -> new LoopsTrainer(own, spec));
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** What to throw at something that another engine made. */
    static IllegalArgumentException foreign(String what, Object received) {
        return new IllegalArgumentException("Engine 'loops': expected a " + what + " of this very engine, received "
                + received.getClass().getName() + " of another one. Make it with this engine.");
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }
}
