package dev.lenet.tck.mutant;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;

/** Engines that take what does not fit, or refuse it badly, before a training begins: the rules 7.1 to 7.5. */
final class ErrorMutants {
    private ErrorMutants() {}

    static List<Mutant> all() {
        return List.of(
                tensors("fills up with zeros, or leaves values out", ErrorMutants::filled),
                tensors("refuses a number of values by the wrong exception", ErrorMutants::illegal),
                tensors("does not say how many values it received", ErrorMutants::terse),
                tensors("does not say what to do about a number of values", ErrorMutants::helpless),
                weights("overlooks weights that are too many", ErrorMutants::chosen),
                weights("takes weights in their order, whatever their names", ErrorMutants::inOrder),
                weights("compares numbers of values", ErrorMutants::sized),
                weights("copies as many values as it needs", ErrorMutants::needed),
                Planting.model("7.3", "takes any tensor with enough values", ErrorMutants::anyShape),
                Planting.model("7.3", "puts a forgotten batch dimension in front", ErrorMutants::missingBatch),
                Planting.layer("7.3", "takes any shape where shapes do not matter", ErrorMutants::anyShape),
                Planting.layer("7.3", "does not say which layer a tensor does not fit", ErrorMutants::nameless),
                Planting.model("7.3", "predicts batches of any shape", ErrorMutants::anyBatch),
                Planting.model("7.4", "casts whatever tensor it is given", ErrorMutants::casting),
                Planting.model("7.4", "predicts from tensors of other engines", ErrorMutants::reading),
                Planting.layer("7.4", "runs layers on tensors of other engines", ErrorMutants::reading),
                trainers("7.4", "trains models of other engines", ErrorMutants::anyModel),
                trainers("7.4", "casts whatever model it is given", ErrorMutants::castModel),
                trainers("7.5", "makes a trainer for any network", ErrorMutants::anyNetwork),
                trainers("7.5", "makes a trainer that has nothing to train", ErrorMutants::nothingToTrain));
    }

    /** A mutant that makes values of its own of what it is given. */
    private static Mutant tensors(String defect, BiFunction<Shape, float[], float[]> reading) {
        return Mutant.of("7.1", defect, () -> new ReferenceEngine(new Mathematics()) {
            @Override
            public Tensor tensor(Shape shape, float[] values) {
                return super.tensor(shape, reading.apply(shape, values));
            }
        });
    }

    private static float[] filled(Shape shape, float[] values) {
        return Arrays.copyOf(values, shape.size());
    }

    private static float[] illegal(Shape shape, float[] values) {
        try {
            return new TensorData(shape, values).values();
        } catch (ShapeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static float[] terse(Shape shape, float[] values) {
        if (values.length != shape.size()) {
            throw new ShapeException("Tensor: expected " + shape.size() + " values for " + shape
                    + ", received another number. Give one value for each position.");
        }
        return values;
    }

    private static float[] helpless(Shape shape, float[] values) {
        if (values.length != shape.size()) {
            throw new ShapeException(
                    "Tensor: expected " + shape.size() + " values for " + shape + ", received " + values.length + ".");
        }
        return values;
    }

    /** A mutant that makes weights of its own of what it is given. */
    private static Mutant weights(String defect, BiFunction<Network, Weights, Weights> reading) {
        return Mutant.of("7.2", defect, () -> new ReferenceEngine(new Mathematics()) {
            @Override
            public Model build(Network network, Weights weights) {
                return super.build(network, reading.apply(network, weights));
            }
        });
    }

    private static Weights chosen(Network network, Weights weights) {
        boolean enough = network.parameters().stream().allMatch(parameter -> {
            TensorData tensor = weights.tensors().get(parameter.name());
            return tensor != null && tensor.shape().equals(parameter.shape());
        });
        return enough ? Weights.of(network, parameter -> weights.get(parameter.name())) : weights;
    }

    private static Weights inOrder(Network network, Weights weights) {
        List<Shape> shapes =
                weights.tensors().values().stream().map(TensorData::shape).toList();
        if (!shapes.equals(
                network.parameters().stream().map(ParameterSpec::shape).toList())) {
            return weights;
        }
        Iterator<TensorData> tensors = weights.tensors().values().iterator();
        return Weights.of(network, parameter -> tensors.next().values());
    }

    private static Weights sized(Network network, Weights weights) {
        boolean same = network.parameters().stream().allMatch(parameter -> {
            TensorData tensor = weights.tensors().get(parameter.name());
            return tensor != null && tensor.values().length == parameter.shape().size();
        });
        return same && weights.tensors().size() == network.parameters().size()
                ? Weights.of(network, parameter -> weights.get(parameter.name()))
                : weights;
    }

    private static Weights needed(Network network, Weights weights) {
        return Weights.of(network, parameter -> {
            float[] values = new float[parameter.shape().size()];
            TensorData tensor = requireNonNull(weights.tensors().get(parameter.name()), parameter.name());
            System.arraycopy(tensor.values(), 0, values, 0, values.length);
            return values;
        });
    }

    private static ReferenceModel anyShape(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Tensor examples) {
                int size = network().input().size();
                int values = examples.shape().size();
                return values % size != 0
                        ? super.predict(examples)
                        : lifetime().use(() -> predict(examples.toArray(), values / size));
            }
        };
    }

    private static ReferenceModel missingBatch(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Tensor examples) {
                return !examples.shape().equals(network().input())
                        ? super.predict(examples)
                        : super.predict(engine().tensor(network().input().batchOf(1), examples.toArray()));
            }
        };
    }

    /** A layer without parameters could work on any shape. */
    private static Layer anyShape(ReferenceEngine engine, Layer right) {
        return new OtherLayer(right) {
            @Override
            public Tensor forward(Tensor input) {
                int size = spec().input().size();
                int values = input.shape().size();
                return !spec().parameters().isEmpty() || values % size != 0
                        ? super.forward(input)
                        : super.forward(engine.tensor(spec().input().batchOf(values / size), input.toArray()));
            }
        };
    }

    private static Layer nameless(ReferenceEngine engine, Layer right) {
        return new OtherLayer(right) {
            @Override
            public Tensor forward(Tensor input) {
                spec().input().countIn(input.shape(), "Layer.forward");
                return super.forward(input);
            }
        };
    }

    private static ReferenceModel anyBatch(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                return lifetime().use(() -> predict(read(batch), batch.size()));
            }
        };
    }

    private static ReferenceModel casting(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Tensor examples) {
                return super.predict((ReferenceTensor) examples);
            }
        };
    }

    private static ReferenceModel reading(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Tensor examples) {
                return super.predict(engine().tensor(examples.shape(), examples.toArray()));
            }
        };
    }

    private static Layer reading(ReferenceEngine engine, Layer right) {
        return new OtherLayer(right) {
            @Override
            public Tensor forward(Tensor input) {
                return super.forward(engine.tensor(input.shape(), input.toArray()));
            }
        };
    }

    /** How a mutant makes a trainer. */
    private interface TrainerMaking {
        Trainer trainer(Making engine, Model model, TrainingSpec spec);
    }

    private static Mutant trainers(String rule, String defect, TrainerMaking making) {
        return Mutant.of(rule, defect, () -> new Making(making));
    }

    private static final class Making extends ReferenceEngine {
        private final TrainerMaking making;

        Making(TrainerMaking making) {
            super(new Mathematics());
            this.making = making;
        }

        @Override
        public Trainer trainer(Model model, TrainingSpec spec) {
            return making.trainer(this, model, spec);
        }

        private Trainer right(Model model, TrainingSpec spec) {
            return super.trainer(model, spec);
        }

        private Trainer unchecked(Model model, TrainingSpec spec) {
            return newTrainer((ReferenceModel) model, spec);
        }
    }

    private static Trainer anyModel(Making engine, Model model, TrainingSpec spec) {
        return model instanceof ReferenceModel ? engine.unchecked(model, spec) : engine.right(model, spec);
    }

    private static Trainer castModel(Making engine, Model model, TrainingSpec spec) {
        return engine.right((ReferenceModel) model, spec);
    }

    private static Trainer anyNetwork(Making engine, Model model, TrainingSpec spec) {
        return engine.unchecked(model, spec);
    }

    private static Trainer nothingToTrain(Making engine, Model model, TrainingSpec spec) {
        boolean vector = model.network().output().rank() == 1;
        return vector ? engine.unchecked(model, spec) : engine.right(model, spec);
    }
}
