package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.GlobalAvgPool;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Residual;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.oracle.ParameterSums;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Engines whose gradients are wrong: chapter 4. */
final class GradientMutants {
    private GradientMutants() {}

    static List<Mutant> all() {
        return List.of(
                gradient("4.1", "transposes the gradient of a linear weight", GradientMutants::transposed),
                gradient(
                        "4.1",
                        "sums over the batch",
                        (network, parameter, batch, announced, g) -> scaled(g, batch.size())),
                gradient(
                        "4.1",
                        "has no gradient for the second half of the filters of a depthwise convolution",
                        GradientMutants::firstHalf),
                gradient(
                        "4.2",
                        "has no gradient for a bias",
                        (network, parameter, batch, announced, g) ->
                                parameter.name().endsWith(".bias") ? scaled(g, 0) : g),
                backward(
                        "4.3",
                        "leaves out the lower right pixel in the backward pass",
                        Conv2d.class,
                        (x, dX) -> values(dX.size(), i -> i == dX.size() - 1 ? 0 : dX.value(i))),
                backward(
                        "4.3",
                        "doubles the gradient of a global average",
                        GlobalAvgPool.class,
                        (x, dX) -> values(dX.size(), i -> dX.value(i) * 2)),
                backward(
                        "4.3",
                        "loses the gradient of every other input of a residual",
                        Residual.class,
                        (x, dX) -> values(dX.size(), i -> i % 2 == 0 ? dX.value(i) : 0)),
                gradient(
                        "4.1",
                        "has no gradient for the layers within a residual",
                        (network, parameter, batch, announced, g) ->
                                parameter.name().indexOf('.')
                                                != parameter.name().lastIndexOf('.')
                                        ? scaled(g, 0)
                                        : g),
                seeing(
                        "4.4",
                        "lets the last of equal values win",
                        MaxPool2d.class,
                        // Later values look larger, by less than any real difference.
                        x -> values(x.size(), i -> x.value(i) + i * 1e-13)),
                masking("4.6", "starts the mask anew for every example", (step, example) -> new long[] {step, 0}),
                masking("4.6", "uses the mask of the first step for all", (step, example) -> new long[] {0, example}),
                gradient(
                        "4.7",
                        "divides by the announced size",
                        (network, parameter, batch, announced, g) -> scaled(g, (double) batch.size() / announced)),
                gradient("4.8", "counts a linear layer before a linear layer twice", GradientMutants::doubled),
                Planting.trainer("4.9", "counts a look at the gradients as a step", SteppingForGradients::new),
                spoiling("4.10", "takes exp of the logits as they are", GradientMutants::nanWhereExpOverflows),
                spoiling(
                        "4.10",
                        "has no gradients where logits are huge",
                        logits -> logits.anyMatch(logit -> Math.abs(logit) > 1e6) ? 0 : 1));
    }

    /** What a mutant makes of the right gradient of one parameter. */
    private interface Change {
        Approximation of(Network network, ParameterSpec parameter, Batch batch, int announced, Approximation gradient);
    }

    private static Mutant gradient(String rule, String defect, Change change) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                BatchResult right = super.train(network, weights, batch, spec, step);
                Map<String, Approximation> changed = new LinkedHashMap<>(right.gradients());
                for (ParameterSpec parameter : network.parameters()) {
                    changed.computeIfPresent(
                            parameter.name(), (name, g) -> change.of(network, parameter, batch, spec.batchSize(), g));
                }
                return new BatchResult(right.loss(), changed, right.buffers());
            }
        });
    }

    /**
     * A mutant whose gradients are the right ones times a factor.
     *
     * @param factor by the logits of the whole batch
     */
    private static Mutant spoiling(String rule, String defect, ToDoubleFunction<DoubleStream> factor) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                BatchResult right = super.train(network, weights, batch, spec, step);
                NetworkOracle oracle = network(network, weights);
                double factorOfAll = factor.applyAsDouble(
                        IntStream.range(0, batch.size()).boxed().flatMapToDouble(n -> {
                            float[] example = new float[network.input().size()];
                            batch.read(n, example, 0);
                            return DoubleStream.of(oracle.predict(example).values());
                        }));
                Map<String, Approximation> gradients = new LinkedHashMap<>();
                right.gradients().forEach((name, g) -> gradients.put(name, scaled(g, factorOfAll)));
                return new BatchResult(right.loss(), gradients, right.buffers());
            }
        });
    }

    /** In float32, that is: above 88.7. */
    private static double nanWhereExpOverflows(DoubleStream logits) {
        // Infinity times 0 is NaN; a finite sum changes nothing.
        return 1 + 0 * logits.map(logit -> (float) Math.exp(logit)).sum();
    }

    static Approximation scaled(Approximation x, double factor) {
        return values(x.size(), i -> factor * x.value(i));
    }

    private static Approximation transposed(
            Network network, ParameterSpec parameter, Batch batch, int announced, Approximation g) {
        if (parameter.shape().rank() != 2) {
            return g;
        }
        int outputs = parameter.shape().dimension(0);
        int features = parameter.shape().dimension(1);
        return values(g.size(), i -> g.value(i % outputs * features + i / outputs));
    }

    private static Approximation firstHalf(
            Network network, ParameterSpec parameter, Batch batch, int announced, Approximation g) {
        boolean depthwise = parameter.shape().rank() == 4 && parameter.shape().dimension(1) == 1;
        boolean filtered = depthwise && network.input().dimension(0) > 1;
        return filtered ? values(g.size(), i -> i < g.size() / 2 ? g.value(i) : 0) : g;
    }

    private static Approximation doubled(
            Network network, ParameterSpec parameter, Batch batch, int announced, Approximation g) {
        List<NamedLayer> layers = network.layers();
        for (int i = 1; i < layers.size(); i++) {
            boolean both =
                    layers.get(i - 1).spec() instanceof Linear && layers.get(i).spec() instanceof Linear;
            // Only behind others, where no rule about single layers looks.
            if (i > 2 && both && parameter.name().startsWith(layers.get(i - 1).name() + ".")) {
                return scaled(g, 2);
            }
        }
        return g;
    }

    /** What a mutant makes of the gradient that a layer passes on. */
    interface Passing {
        Approximation of(Approximation x, Approximation dX);
    }

    static Mutant backward(String rule, String defect, Class<? extends LayerSpec> kind, Passing passing) {
        return layers(rule, defect, kind, right -> new AlteredLayer(right) {
            @Override
            public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
                return passing.of(x, super.backward(x, dY, gradients));
            }
        });
    }

    /** A mutant that sees another input in the backward pass. */
    static Mutant seeing(
            String rule, String defect, Class<? extends LayerSpec> kind, UnaryOperator<Approximation> input) {
        return layers(rule, defect, kind, right -> new AlteredLayer(right) {
            @Override
            public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
                return super.backward(input.apply(x), dY, gradients);
            }
        });
    }

    /** Which step's and which example's mask is used instead. */
    private interface Choice {
        long[] of(long step, int example);
    }

    private static Mutant masking(String rule, String defect, Choice choice) {
        return layers(rule, defect, Dropout.class, right -> new AlteredLayer(right) {
            @Override
            public LayerOracle training(long seed, long step, int example) {
                long[] chosen = choice.of(step, example);
                return right.training(seed, chosen[0], (int) chosen[1]);
            }
        });
    }

    static Mutant layers(
            String rule, String defect, Class<? extends LayerSpec> kind, UnaryOperator<LayerOracle> change) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
                LayerOracle right = super.layer(layer, parameters);
                return kind.isInstance(layer.spec()) ? change.apply(right) : right;
            }
        });
    }

    private static final class SteppingForGradients extends ReferenceTrainer {
        SteppingForGradients(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public Weights gradients(Batch batch) {
            Weights gradients = super.gradients(batch);
            step(batch, 0);
            return gradients;
        }
    }
}
