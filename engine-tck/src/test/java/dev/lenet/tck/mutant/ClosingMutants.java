package dev.lenet.tck.mutant;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Lifetime;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTensor;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Engines that close too much or too little: the rules 1.3 to 1.6. */
final class ClosingMutants {
    private ClosingMutants() {}

    static List<Mutant> all() {
        return List.of(
                Planting.trainer(
                        "1.3", "drains a trainer before it closes it, also the second time", ClosingMutants::draining),
                Mutant.of("1.3", "gives memory back each time a tensor is closed", () -> new PoolingEngine(true)),
                Planting.tensor("1.4", "reads a tensor that is closed", ClosingMutants::readWhenClosed),
                Planting.tensor("1.4", "computes with a tensor that is closed", ClosingMutants::usedWhenClosed),
                Planting.trainer("1.4", "restores a trainer that is closed", ClosingMutants::restoredWhenClosed),
                Planting.model("1.4", "predicts with a model that is closed", ClosingMutants::predictingWhenClosed),
                Planting.model("1.4", "runs into a null in a model that is closed", Nulled::new),
                Mutant.of("1.4", "trains a model that is closed", TrainingAnything::new),
                Planting.owning(
                        "1.5",
                        "forgets the tensors it made",
                        (what, owner, engine) -> new Lifetime(what, what.startsWith("Tensor") ? null : owner)),
                Planting.owning(
                        "1.5",
                        "forgets the models it built",
                        (what, owner, engine) -> new Lifetime(what, what.equals("Model") ? null : owner)),
                Planting.model("1.5", "forgets the results of predictions", ClosingMutants::forgetful),
                Mutant.of("1.5", "makes tensors when it is closed", TensorsForEver::new),
                Planting.owning(
                        "1.6",
                        "leaves the trainer of a closed model open",
                        (what, owner, engine) -> new Lifetime(what, what.equals("Trainer") ? engine : owner)),
                Planting.model("1.6", "leaves the layers of a closed model open", LayersOfTheirOwn::new),
                Planting.model("1.6", "closes what a model returned with the model", Sweeping::new),
                Planting.trainer("1.6", "closes the model with its trainer", ClosingMutants::closingItsModel),
                Mutant.of("1.6", "loses the last step of a trainer that is closed", QueueingEngine::new));
    }

    /** Waits for its last steps, and forgets that it may be closed already. */
    private static ReferenceTrainer draining(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void close() {
                drainMetrics();
                super.close();
            }
        };
    }

    private static ReferenceTensor readWhenClosed(ReferenceEngine engine, Shape shape, float[] values) {
        return new ReferenceTensor(engine, shape, values) {
            @Override
            public float[] toArray() {
                return values.clone();
            }
        };
    }

    private static ReferenceTensor usedWhenClosed(ReferenceEngine engine, Shape shape, float[] values) {
        return new ReferenceTensor(engine, shape, values) {
            @Override
            protected float[] values() {
                return values;
            }
        };
    }

    private static ReferenceTrainer restoredWhenClosed(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void restore(TrainerState state) {
                state.check(model().network(), spec());
                become(state);
            }
        };
    }

    private static ReferenceModel predictingWhenClosed(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                return predict(read(batch), batch.size());
            }
        };
    }

    private static final class Nulled extends ReferenceModel {
        private @Nullable Nulled freed;

        Nulled(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            freed = this;
        }

        @Override
        public Weights weights() {
            return requireNonNull(freed).copy();
        }

        private Weights copy() {
            return super.weights();
        }

        @Override
        public void close() {
            super.close();
            freed = null;
        }
    }

    private static final class TrainingAnything extends ReferenceEngine {
        TrainingAnything() {
            super(new Mathematics());
        }

        @Override
        public Trainer trainer(Model model, TrainingSpec spec) {
            return newTrainer((ReferenceModel) model, spec);
        }
    }

    private static ReferenceModel forgetful(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            protected Tensor predict(float[] values, int count) {
                try (Tensor right = super.predict(values, count)) {
                    return new Orphan(engine(), right.shape(), right.toArray());
                }
            }
        };
    }

    private static final class Orphan extends ReferenceTensor {
        private final float[] values;
        private final Lifetime lifetime = new Lifetime("Tensor", null);

        Orphan(ReferenceEngine engine, Shape shape, float[] values) {
            super(engine, shape, values);
            this.values = values;
        }

        @Override
        public float[] toArray() {
            return lifetime.use(values::clone);
        }

        @Override
        public void close() {
            lifetime.close(super::close);
        }
    }

    private static final class TensorsForEver extends ReferenceEngine {
        TensorsForEver() {
            super(new Mathematics());
        }

        @Override
        public Tensor tensor(Shape shape, float[] values) {
            return newTensor(shape, values.clone());
        }
    }

    /** Its layers are those of a model that is not closed. */
    private static final class LayersOfTheirOwn extends ReferenceModel {
        private final ReferenceModel other;

        LayersOfTheirOwn(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            other = new ReferenceModel(engine, network, weights);
        }

        @Override
        protected Layer newLayer(NamedLayer layer) {
            return other.layers().get(layer.index());
        }
    }

    /** Results belong to the model, and not to who asked for them. */
    private static final class Sweeping extends ReferenceModel {
        private final List<Tensor> results = new ArrayList<>();

        Sweeping(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            Tensor result = super.predict(values, count);
            results.add(result);
            return result;
        }

        @Override
        public void close() {
            super.close();
            results.forEach(Tensor::close);
        }
    }

    private static ReferenceTrainer closingItsModel(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void close() {
                super.close();
                model().close();
            }
        };
    }

    /** A step is made when something else is asked for; one that is not made when the trainer is closed never is. */
    private static final class QueueingEngine extends ReferenceEngine {
        QueueingEngine() {
            super(new Mathematics());
        }

        @Override
        protected ReferenceModel newModel(Network network, Weights weights) {
            return new QueueingModel(this, network, weights);
        }

        @Override
        protected ReferenceTrainer newTrainer(ReferenceModel model, TrainingSpec spec) {
            return new QueueingTrainer((QueueingModel) model, spec);
        }
    }

    private static final class QueueingModel extends ReferenceModel {
        private final AtomicReference<@Nullable Runnable> queue = new AtomicReference<>();

        QueueingModel(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        private void flush() {
            Runnable step = queue.getAndSet(null);
            if (step != null) {
                step.run();
            }
        }

        @Override
        public Weights weights() {
            flush();
            return super.weights();
        }
    }

    private static final class QueueingTrainer extends ReferenceTrainer {
        private final QueueingModel model;

        QueueingTrainer(QueueingModel model, TrainingSpec spec) {
            super(model, spec);
            this.model = model;
        }

        @Override
        public void step(Batch batch, double learningRate) {
            lifetime().run(() -> {
                model.flush();
                model.queue.set(() -> super.step(batch, learningRate));
            });
        }

        @Override
        public void close() {
            model.queue.set(null);
            super.close();
        }
    }
}
