package dev.lenet.tck.mutant;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Engines that predict other rows, or do not part with their results: the rules 2.5 to 2.7. */
final class ResultMutants {
    private ResultMutants() {}

    static List<Mutant> all() {
        return List.of(
                Planting.model("2.5", "takes one example for no batch", ResultMutants::squeezing),
                Planting.model("2.5", "leaves out examples that fill no block", WholeBlocks::new),
                Planting.layer("2.5", "takes one example for no batch in a layer", ResultMutants::squeezing),
                batching(
                        "2.6",
                        "ignores the offset",
                        batch -> new Batch(batch.dataset(), batch.order(), 0, batch.size())),
                batching("2.6", "ignores the order", batch -> Batch.range(batch.dataset(), 0, batch.size())),
                batching("2.6", "reads the rows in ascending order", ResultMutants::ascending),
                batching("2.6", "looks at labels, too", ResultMutants::labelled),
                Planting.model("2.6", "takes a batch of the same data set and size for the same batch", Cached::new),
                Planting.model("2.7", "writes all results of one size to the same memory", SameMemory::new),
                Planting.layer("2.7", "gives the input back where nothing is to be computed", ResultMutants::passing),
                Mutant.of("2.7", "rectifies where the input stands", InPlace::new),
                Mutant.of("2.7", "flattens in the memory of the input, which is used again", Viewing::new));
    }

    private static ReferenceModel squeezing(ReferenceEngine engine, Network network, Weights weights) {
        return new ReferenceModel(engine, network, weights) {
            @Override
            protected Tensor predict(float[] values, int count) {
                Tensor right = super.predict(values, count);
                return count > 1 ? right : engine().tensor(network().output(), right.toArray());
            }
        };
    }

    private static final class WholeBlocks extends ReferenceModel {
        private static final int BLOCK = 8;

        WholeBlocks(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            Tensor right = super.predict(values, count);
            float[] outputs = right.toArray();
            if (count > BLOCK) {
                Arrays.fill(outputs, count / BLOCK * BLOCK * network().output().size(), outputs.length, 0);
            }
            return engine().tensor(right.shape(), outputs);
        }
    }

    private static Layer squeezing(ReferenceEngine engine, Layer right) {
        return new OtherLayer(right) {
            @Override
            public Tensor forward(Tensor input) {
                Tensor output = super.forward(input);
                return input.shape().dimension(0) > 1 ? output : engine.tensor(spec().output(), output.toArray());
            }
        };
    }

    /** A mutant that predicts another batch. */
    private static Mutant batching(String rule, String defect, UnaryOperator<Batch> change) {
        return Planting.model(rule, defect, (engine, network, weights) -> new ReferenceModel(engine, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                return super.predict(change.apply(batch));
            }
        });
    }

    private static Batch ascending(Batch batch) {
        int[] rows = Arrays.copyOfRange(batch.order(), batch.offset(), batch.offset() + batch.size());
        Arrays.sort(rows);
        return new Batch(batch.dataset(), rows, 0, rows.length);
    }

    private static Batch labelled(Batch batch) {
        int[] labels = new int[batch.size()];
        Arrays.setAll(labels, batch::label);
        return batch;
    }

    private static final class Cached extends ReferenceModel {
        private @Nullable Batch last;

        Cached(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        public Tensor predict(Batch batch) {
            Batch before = last;
            if (before == null || !before.dataset().equals(batch.dataset()) || before.size() != batch.size()) {
                before = batch;
            }
            last = before;
            return super.predict(before);
        }
    }

    private static final class SameMemory extends ReferenceModel {
        private final Map<Integer, float[]> memory = new HashMap<>();

        SameMemory(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            Tensor right = super.predict(values, count);
            float[] outputs = right.toArray();
            float[] place = memory.computeIfAbsent(outputs.length, float[]::new);
            System.arraycopy(outputs, 0, place, 0, outputs.length);
            return new ReferenceTensor(engine(), right.shape(), place);
        }
    }

    private static Layer passing(ReferenceEngine engine, Layer right) {
        return new OtherLayer(right) {
            @Override
            public Tensor forward(Tensor input) {
                return spec().spec() instanceof Dropout ? input : super.forward(input);
            }
        };
    }

    private static final class InPlace extends ReferenceEngine {
        InPlace() {
            super(new Mathematics());
        }

        @Override
        protected ReferenceTensor newTensor(Shape shape, float[] values) {
            return new Writable(this, shape, values);
        }

        @Override
        protected ReferenceModel newModel(Network network, Weights weights) {
            return new ReferenceModel(this, network, weights) {
                @Override
                protected Layer newLayer(NamedLayer layer) {
                    return rectifying(super.newLayer(layer));
                }
            };
        }

        private static Layer rectifying(Layer right) {
            return new OtherLayer(right) {
                @Override
                public Tensor forward(Tensor input) {
                    Tensor output = super.forward(input);
                    if (spec().spec() instanceof Relu) {
                        float[] values = output.toArray();
                        System.arraycopy(values, 0, ((Writable) input).place, 0, values.length);
                    }
                    return output;
                }
            };
        }
    }

    private static final class Writable extends ReferenceTensor {
        private final float[] place;

        Writable(ReferenceEngine engine, Shape shape, float[] place) {
            super(engine, shape, place);
            this.place = place;
        }
    }

    private static final class Viewing extends PoolingEngine {
        Viewing() {
            super(false);
        }

        @Override
        protected ReferenceModel newModel(Network network, Weights weights) {
            return new ReferenceModel(this, network, weights) {
                @Override
                protected Layer newLayer(NamedLayer layer) {
                    return viewing(super.newLayer(layer));
                }
            };
        }

        private Layer viewing(Layer right) {
            return new OtherLayer(right) {
                @Override
                public Tensor forward(Tensor input) {
                    if (!(spec().spec() instanceof Flatten)) {
                        return super.forward(input);
                    }
                    return view(input, spec().output().batchOf(input.shape().dimension(0)));
                }
            };
        }
    }
}
