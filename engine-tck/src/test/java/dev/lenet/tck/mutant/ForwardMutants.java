package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Engines that predict wrongly: chapter 3. */
final class ForwardMutants {
    /** A usual width of vector registers, in floats. */
    private static final int LANES = 16;

    private ForwardMutants() {}

    static List<Mutant> all() {
        return List.of(
                output("3.1", "pads on the right only", Conv2d.class, ForwardMutants::shifted),
                parameters("3.1", "flips the kernel", Conv2d.class, ForwardMutants::reversed),
                parameters(
                        "3.1", "gives filters the kernels of another group", Conv2d.class, ForwardMutants::nextGroup),
                parameters(
                        "3.1", "takes the rows of a kernel for its columns", Conv2d.class, ForwardMutants::onItsSide),
                parameters("3.2", "reads the weight as [features, outputs]", Linear.class, ForwardMutants::transposed),
                output(
                        "3.3",
                        "starts the search for the largest value at 0",
                        MaxPool2d.class,
                        (layer, right) -> x -> map(right.forward(x), y -> Math.max(y, 0))),
                output(
                        "3.4",
                        "divides by the square of the stride",
                        AvgPool2d.class,
                        (layer, right) -> x -> map(right.forward(x), y -> y * divisorError(layer))),
                output("3.7", "flattens column by column", Flatten.class, ForwardMutants::columnByColumn),
                output(
                        "3.7",
                        "loses the sign of zero",
                        Flatten.class,
                        (layer, right) -> x -> map(x, value -> value + 0.0)),
                output(
                        "3.8",
                        "drops values in predictions, too",
                        Dropout.class,
                        (layer, right) -> right.training(0, 0, 0)::forward),
                Planting.model("3.9", "forgets a tanh behind a linear layer when it fuses", WithoutTanh::new),
                Planting.model("3.10", "repeats the last example of a full vector in the rest", RepeatingRest::new),
                output(
                        "3.11",
                        "clips large values",
                        Linear.class,
                        (layer, right) -> x -> right.forward(map(x, value -> Math.max(-1e6, Math.min(value, 1e6))))),
                output(
                        "3.11",
                        "takes small values for zero",
                        Conv2d.class,
                        (layer, right) -> x -> right.forward(map(x, value -> Math.abs(value) < 1e-12 ? 0 : value))),
                output(
                        "3.12",
                        "rectifies a NaN to 0",
                        Relu.class,
                        (layer, right) -> x -> map(x, value -> value > 0 ? value : 0)),
                Planting.model("3.13", "rounds every other prediction up", Restless::new),
                output(
                        "3.17",
                        "divides by the number of all values",
                        GlobalAvgPool.class,
                        (layer, right) -> x ->
                                map(right.forward(x), y -> y / layer.output().size())),
                output(
                        "3.19",
                        "forgets the input of a residual",
                        Residual.class,
                        (layer, right) -> x -> plus(right.forward(x), projected(layer) ? 0 : -1, x)),
                output(
                        "3.19",
                        "adds the input before its projection as well",
                        Residual.class,
                        (layer, right) -> x -> plus(right.forward(x), projected(layer) ? 1 : 0, x)));
    }

    /** A mutant whose layers of one kind compute something else. */
    static Mutant output(
            String rule,
            String defect,
            Class<? extends LayerSpec> kind,
            BiFunction<NamedLayer, LayerOracle, UnaryOperator<Approximation>> forward) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
                LayerOracle right = super.layer(layer, parameters);
                return !kind.isInstance(layer.spec())
                        ? right
                        : new AlteredLayer(right) {
                            @Override
                            public Approximation forward(Approximation x) {
                                return forward.apply(layer, right).apply(x);
                            }
                        };
            }
        });
    }

    /** A mutant whose layers of one kind read their weight wrongly. */
    private static Mutant parameters(
            String rule,
            String defect,
            Class<? extends LayerSpec> kind,
            BiFunction<NamedLayer, double[], double[]> reading) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
                if (!kind.isInstance(layer.spec())) {
                    return super.layer(layer, parameters);
                }
                String weight = layer.name() + ".weight";
                Map<String, double[]> read = new HashMap<>(parameters);
                read.put(weight, reading.apply(layer, Objects.requireNonNull(parameters.get(weight))));
                return super.layer(layer, read);
            }
        });
    }

    static Approximation map(Approximation x, DoubleUnaryOperator function) {
        return values(x.size(), i -> function.applyAsDouble(x.value(i)));
    }

    /** The picture moved by one row and one column, as if all padding were above and to the left but one. */
    private static UnaryOperator<Approximation> shifted(NamedLayer layer, LayerOracle right) {
        int height = layer.input().dimension(1);
        int width = layer.input().dimension(2);
        boolean padded = layer.spec() instanceof Conv2d conv && conv.padding().height() > 0;
        return x -> right.forward(
                !padded
                        ? x
                        : values(x.size(), i -> {
                            boolean edge = i % width == width - 1 || i / width % height == height - 1;
                            return edge ? 0 : x.value(i + width + 1);
                        }));
    }

    private static double[] reversed(NamedLayer layer, double[] weight) {
        int area = layer.parameters().get(0).shape().dimension(2)
                * layer.parameters().get(0).shape().dimension(3);
        return values(weight.length, i -> weight[i / area * area + area - 1 - i % area])
                .values();
    }

    private static double[] nextGroup(NamedLayer layer, double[] weight) {
        int groups = layer.spec() instanceof Conv2d conv ? conv.groups() : 1;
        return values(weight.length, i -> weight[(i + weight.length / groups) % weight.length])
                .values();
    }

    /** Of kernels that are not square alone. */
    private static double[] onItsSide(NamedLayer layer, double[] weight) {
        Shape shape = layer.parameters().get(0).shape();
        int height = shape.dimension(2);
        int width = shape.dimension(3);
        if (height == width) {
            return weight;
        }
        return values(weight.length, i -> {
                    int kernel = i / (height * width) * height * width;
                    int place = i % (height * width);
                    return weight[kernel + place % height * width + place / height];
                })
                .values();
    }

    private static double[] transposed(NamedLayer layer, double[] weight) {
        int features = layer.input().size();
        int outputs = layer.output().size();
        return values(weight.length, i -> weight[i % features * outputs + i / features])
                .values();
    }

    private static boolean projected(NamedLayer layer) {
        return layer.spec() instanceof Residual residual && residual.projection() != null;
    }

    private static Approximation plus(Approximation y, double factor, Approximation x) {
        return values(y.size(), i -> y.value(i) + (i < x.size() ? factor * x.value(i) : 0));
    }

    private static double divisorError(NamedLayer layer) {
        return layer.spec() instanceof AvgPool2d pool
                ? (double) pool.kernelSize() * pool.kernelSize() / pool.stride() / pool.stride()
                : 1;
    }

    private static UnaryOperator<Approximation> columnByColumn(NamedLayer layer, LayerOracle right) {
        Shape shape = layer.input();
        if (shape.rank() != 3) {
            return x -> x;
        }
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        return x -> values(x.size(), i -> {
            int plane = i / (height * width) * height * width;
            int place = i % (height * width);
            return x.value(plane + place % height * width + place / height);
        });
    }

    private static final class WithoutTanh extends ReferenceModel {
        private final ReferenceModel fused;

        WithoutTanh(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            Network.Builder builder = Network.input(network.input().toArray());
            LayerSpec before = new Relu();
            for (NamedLayer layer : network.layers()) {
                if (!(layer.spec() instanceof Tanh && before instanceof Linear)) {
                    builder.layer(layer.name(), layer.spec());
                }
                before = layer.spec();
            }
            this.fused = new ReferenceModel(engine, builder.build(), weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            return fusedOutputs(values, count);
        }

        private Tensor fusedOutputs(float[] values, int count) {
            try (Tensor examples = engine().tensor(network().input().batchOf(count), values)) {
                return fused.predict(examples);
            }
        }
    }

    private static final class RepeatingRest extends ReferenceModel {
        RepeatingRest(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            int size = network().input().size();
            float[] repeating = values.clone();
            for (int n = Math.max(1, count / LANES * LANES); n < count; n++) {
                System.arraycopy(values, 0, repeating, n * size, size);
            }
            return super.predict(repeating, count);
        }
    }

    private static final class Restless extends ReferenceModel {
        private boolean odd;

        Restless(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            odd = !odd;
            try (Tensor right = super.predict(values, count)) {
                float[] outputs = right.toArray();
                for (int i = 0; odd && i < outputs.length; i++) {
                    outputs[i] = Math.nextUp(outputs[i]);
                }
                return engine().tensor(right.shape(), outputs);
            }
        }
    }
}
