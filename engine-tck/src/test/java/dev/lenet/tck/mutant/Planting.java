package dev.lenet.tck.mutant;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTensor;
import dev.lenet.tck.reference.ReferenceTrainer;

/** Mutants that make one kind of thing wrongly, and all others as the reference engine does. */
final class Planting {
    private Planting() {}

    /** How a mutant makes its tensors. */
    interface TensorFactory {
        ReferenceTensor make(ReferenceEngine engine, Shape shape, float[] values);
    }

    /** How a mutant makes its models. */
    interface ModelFactory {
        ReferenceModel make(ReferenceEngine engine, Network network, Weights weights);
    }

    /** How a mutant makes its trainers. */
    interface TrainerFactory {
        ReferenceTrainer make(ReferenceModel model, TrainingSpec spec);
    }

    /** What a mutant makes of a right layer. */
    interface LayerFactory {
        Layer make(ReferenceEngine engine, Layer right);
    }

    /** Whom a mutant takes for the owner of a thing. */
    interface Ownership {
        Lifetime lifetime(String what, Lifetime owner, Lifetime engine);
    }

    static Mutant tensor(String rule, String defect, TensorFactory factory) {
        return Mutant.of(rule, defect, () -> new ReferenceEngine(new Mathematics()) {
            @Override
            protected ReferenceTensor newTensor(Shape shape, float[] values) {
                return factory.make(this, shape, values);
            }
        });
    }

    static Mutant model(String rule, String defect, ModelFactory factory) {
        return Mutant.of(rule, defect, () -> engine(factory));
    }

    private static Engine engine(ModelFactory factory) {
        return new ReferenceEngine(new Mathematics()) {
            @Override
            protected ReferenceModel newModel(Network network, Weights weights) {
                return factory.make(this, network, weights);
            }
        };
    }

    static Mutant layer(String rule, String defect, LayerFactory factory) {
        return Mutant.of(rule, defect, () -> layering(factory));
    }

    static Engine layering(LayerFactory factory) {
        return engine((engine, network, weights) -> new Layered(engine, network, weights, factory));
    }

    private static final class Layered extends ReferenceModel {
        private final LayerFactory factory;

        Layered(ReferenceEngine engine, Network network, Weights weights, LayerFactory factory) {
            super(engine, network, weights);
            this.factory = factory;
        }

        @Override
        protected Layer newLayer(NamedLayer layer) {
            return factory.make(engine(), super.newLayer(layer));
        }
    }

    static Mutant trainer(String rule, String defect, TrainerFactory factory) {
        return Mutant.of(rule, defect, () -> new ReferenceEngine(new Mathematics()) {
            @Override
            protected ReferenceTrainer newTrainer(ReferenceModel model, TrainingSpec spec) {
                return factory.make(model, spec);
            }
        });
    }

    static Mutant owning(String rule, String defect, Ownership ownership) {
        return Mutant.of(rule, defect, () -> new ReferenceEngine(new Mathematics()) {
            @Override
            protected Lifetime newLifetime(String what, Lifetime owner) {
                return ownership.lifetime(what, owner, lifetime());
            }
        });
    }
}
