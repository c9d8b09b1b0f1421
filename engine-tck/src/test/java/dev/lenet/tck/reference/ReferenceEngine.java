package dev.lenet.tck.reference;

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

/** The oracle as an engine: slow, rounded to float32 at its boundary, and right. */
public class ReferenceEngine implements Engine {
    private final Mathematics mathematics;
    private final Lifetime lifetime = new Lifetime("Engine 'reference'", null);

    public ReferenceEngine(Mathematics mathematics) {
        this.mathematics = mathematics;
    }

    @Override
    public EngineDescription describe() {
        return new EngineDescription(ReferenceProvider.NAME, "cpu", "plain loops");
    }

    @Override
    public Tensor tensor(Shape shape, float[] values) {
        TensorData checked = new TensorData(shape, values);
        return lifetime.use(() -> newTensor(shape, checked.values().clone()));
    }

    @Override
    public Model build(Network network, Weights weights) {
        weights.check(network);
        return lifetime.use(() -> newModel(network, copyOf(network, weights)));
    }

    @Override
    public Trainer trainer(Model model, TrainingSpec spec) {
        if (!(model instanceof ReferenceModel own) || own.engine() != this) {
            throw foreign("model", model);
        }
        spec.check(own.network());
        return own.lifetime().use(() -> newTrainer(own, spec));
    }

    @Override
    public void close() {
        lifetime.close(() -> {});
    }

    /** A tensor of that very array. */
    protected ReferenceTensor newTensor(Shape shape, float[] values) {
        return new ReferenceTensor(this, shape, values);
    }

    /** A model of those very weights. */
    protected ReferenceModel newModel(Network network, Weights weights) {
        return new ReferenceModel(this, network, weights);
    }

    protected ReferenceTrainer newTrainer(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec);
    }

    /** The lifetime of something that this engine made. */
    protected Lifetime newLifetime(String what, Lifetime owner) {
        return new Lifetime(what, owner);
    }

    Mathematics mathematics() {
        return mathematics;
    }

    protected final Lifetime lifetime() {
        return lifetime;
    }

    static IllegalArgumentException foreign(String what, Object received) {
        return new IllegalArgumentException("Engine 'reference': expected a " + what
                + " of this very engine, received " + received.getClass().getName()
                + " of another one. Make it with this engine.");
    }

    static Weights copyOf(Network network, Weights weights) {
        return Weights.of(network, parameter -> weights.get(parameter.name()).clone());
    }
}
