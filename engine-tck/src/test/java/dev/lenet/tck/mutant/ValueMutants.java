package dev.lenet.tck.mutant;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTensor;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Engines that lose or share values at their boundary, or show other layers: the rules 2.1 to 2.4. */
final class ValueMutants {
    private ValueMutants() {}

    static List<Mutant> all() {
        return List.of(
                altering("2.1", "flushes subnormal numbers to zero", x -> Math.abs(x) < Float.MIN_NORMAL ? 0 * x : x),
                altering("2.1", "loses the sign of zero", x -> x + 0),
                Planting.tensor("2.1", "leaves out dimensions of 1", ValueMutants::squeezed),
                Mutant.of("2.2", "keeps the array that a tensor is made of", KeptTensors::new),
                Planting.tensor("2.2", "hands out the array of a tensor", ValueMutants::lentArray),
                Mutant.of("2.2", "keeps the weights that a model is built with", KeptWeights::new),
                Planting.model("2.2", "hands out the weights of a model", ValueMutants::lentWeights),
                Planting.model("2.2", "hands out the parameters of a layer", ValueMutants::lentParameters),
                Planting.trainer("2.2", "hands out the state of a trainer", ValueMutants::lentState),
                Planting.trainer("2.2", "keeps the state that it restores", ValueMutants::keptState),
                Planting.trainer("2.2", "writes all gradients to the same arrays", SameGradients::new),
                Planting.trainer("2.2", "writes all losses to the same array", SameLosses::new),
                Planting.model("2.2", "sorts the rows of a batch where they stand", ValueMutants::sortingRows),
                Mutant.of("2.3", "keeps half of a weight's bits", HalfWeights::new),
                Planting.layer("2.3", "leaves a parameter's layer out of its name", ShortNames::of),
                Planting.model("2.3", "does not tell its layers of new weights", OldLayers::new),
                Planting.model("2.4", "leaves out layers that only train", ValueMutants::withoutDropout),
                Planting.model("2.4", "sorts its layers by their names", ValueMutants::sorted),
                Planting.model("2.4", "has the network that it made of the given one", ValueMutants::ownNetwork));
    }

    /** What a mutant makes of each value. */
    private interface Change {
        float of(float x);
    }

    private static float[] changed(float[] values, Change change) {
        float[] changed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            changed[i] = change.of(values[i]);
        }
        return changed;
    }

    private static Mutant altering(String rule, String defect, Change change) {
        return Planting.tensor(
                rule, defect, (engine, shape, values) -> new ReferenceTensor(engine, shape, changed(values, change)));
    }

    private static Shape withoutOnes(Shape shape) {
        return Shape.of(Arrays.stream(shape.toArray()).filter(size -> size > 1).toArray());
    }

    private static ReferenceTensor squeezed(ReferenceEngine engine, Shape shape, float[] values) {
        return new ReferenceTensor(engine, withoutOnes(shape), values);
    }

    private static final class KeptTensors extends ReferenceEngine {
        KeptTensors() {
            super(new Mathematics());
        }

        @Override
        public Tensor tensor(Shape shape, float[] values) {
            return lifetime().use(() -> newTensor(shape, values));
        }
    }

    private static ReferenceTensor lentArray(ReferenceEngine engine, Shape shape, float[] values) {
        return new ReferenceTensor(engine, shape, values) {
            @Override
            public float[] toArray() {
                return values;
            }
        };
    }

    private static final class KeptWeights extends ReferenceEngine {
        KeptWeights() {
            super(new Mathematics());
        }

        @Override
        public Model build(Network network, Weights weights) {
            return lifetime().use(() -> newModel(network, weights));
        }
    }

    private static ReferenceModel lentWeights(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Weights weights() {
                return current();
            }
        };
    }

    private static ReferenceModel sortingRows(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                Tensor right = super.predict(batch);
                Arrays.sort(batch.order(), batch.offset(), batch.offset() + batch.size());
                return right;
            }
        };
    }

    private static ReferenceModel lentParameters(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            protected Layer newLayer(NamedLayer layer) {
                return new OtherLayer(super.newLayer(layer)) {
                    @Override
                    public Map<String, TensorData> parameters() {
                        return parametersOf(layer, current());
                    }
                };
            }
        };
    }

    private static Map<String, TensorData> parametersOf(NamedLayer layer, Weights weights) {
        Map<String, TensorData> parameters = new LinkedHashMap<>();
        layer.parameters()
                .forEach(parameter -> parameters.put(
                        parameter.name(), requireNonNull(weights.tensors().get(parameter.name()))));
        return parameters;
    }

    private static ReferenceTrainer lentState(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public TrainerState state() {
                return current();
            }
        };
    }

    private static ReferenceTrainer keptState(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void restore(TrainerState state) {
                super.restore(state);
                become(state);
            }
        };
    }

    private static final class SameGradients extends ReferenceTrainer {
        private final Weights gradients;

        SameGradients(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
            gradients = Weights.zeros(model.network());
        }

        @Override
        public Weights gradients(Batch batch) {
            super.gradients(batch).tensors().forEach((name, right) -> {
                float[] values = right.values();
                System.arraycopy(values, 0, gradients.get(name), 0, values.length);
            });
            return gradients;
        }
    }

    private static final class SameLosses extends ReferenceTrainer {
        private float[] losses = {};

        SameLosses(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public StepMetrics drainMetrics() {
            float[] right = super.drainMetrics().losses();
            losses = losses.length == right.length ? losses : new float[right.length];
            System.arraycopy(right, 0, losses, 0, right.length);
            return new StepMetrics(losses);
        }
    }

    private static final class HalfWeights extends ReferenceEngine {
        HalfWeights() {
            super(new Mathematics());
        }

        @Override
        protected ReferenceModel newModel(Network network, Weights weights) {
            return super.newModel(
                    network,
                    Weights.of(
                            network,
                            parameter -> changed(
                                    weights.get(parameter.name()),
                                    x -> Float.intBitsToFloat(Float.floatToIntBits(x) & 0xFFFF0000))));
        }
    }

    private static final class ShortNames extends OtherLayer {
        private ShortNames(Layer right) {
            super(right);
        }

        static Layer of(ReferenceEngine engine, Layer right) {
            return new ShortNames(right);
        }

        @Override
        public Map<String, TensorData> parameters() {
            Map<String, TensorData> shortened = new LinkedHashMap<>();
            super.parameters()
                    .forEach((name, parameter) -> shortened.put(name.substring(name.indexOf('.') + 1), parameter));
            return shortened;
        }
    }

    private static final class OldLayers extends ReferenceModel {
        private final Weights old;

        OldLayers(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            old = weights;
        }

        @Override
        protected Layer newLayer(NamedLayer layer) {
            return new OtherLayer(super.newLayer(layer)) {
                @Override
                public Map<String, TensorData> parameters() {
                    return parametersOf(layer, old);
                }
            };
        }
    }

    private static ReferenceModel withoutDropout(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public List<Layer> layers() {
                return super.layers().stream()
                        .filter(layer -> !(layer.spec().spec() instanceof Dropout))
                        .toList();
            }
        };
    }

    private static ReferenceModel sorted(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public List<Layer> layers() {
                return super.layers().stream()
                        .sorted(Comparator.comparing(layer -> layer.spec().name()))
                        .toList();
            }
        };
    }

    private static ReferenceModel ownNetwork(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Network network() {
                Network given = super.network();
                Network.Builder own = Network.input(given.input().toArray());
                given.layers().stream()
                        .filter(layer -> !(layer.spec() instanceof Dropout))
                        .forEach(layer -> own.layer(layer.name(), layer.spec()));
                return own.build();
            }
        };
    }
}
