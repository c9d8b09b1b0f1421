package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;
import static dev.lenet.tck.mutant.GradientMutants.backward;
import static dev.lenet.tck.mutant.GradientMutants.layers;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchOracle;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.Buffers;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.oracle.ParameterSums;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** Engines that normalise wrongly, or keep the wrong numbers for it. */
final class NormalisationMutants {
    private NormalisationMutants() {}

    static List<Mutant> all() {
        return List.of(
                normalising("3.18", "divides the variance by one less", (squares, mean, size) -> squares / (size - 1)),
                normalising(
                        "3.18",
                        "subtracts the squared mean from the mean square",
                        (squares, mean, size) -> (float) (squares / size + mean * mean) - (float) (mean * mean)),
                array("3.20", "takes the running variance for its root", "running_var", value -> value * value),
                array("3.20", "leaves out the running mean", "running_mean", value -> 0),
                backward(
                        "4.3",
                        "has gradients of a normalisation that do not add up to zero",
                        GroupNorm.class,
                        (x, dX) -> values(dX.size(), i -> dX.value(i) + 1e-4)),
                layers("4.13", "normalises each half of a batch by itself", BatchNorm2d.class, HalfBatches::new),
                Planting.trainer("4.13", "moves what is kept when it is asked for gradients", KeepingForGradients::new),
                Mutant.computing("5.14", "averages and decays what is not trainable", () -> new Mathematics() {
                    @Override
                    public boolean trains(ParameterSpec parameter) {
                        return true;
                    }
                }),
                Mutant.computing("5.14", "never moves the running numbers", () -> new Mathematics() {
                    @Override
                    public Weights buffers(Network network, Weights trained, BatchResult result) {
                        return trained;
                    }
                }),
                Mutant.computing("5.14", "takes the momentum for the share of what was", OtherShare::new));
    }

    /** A mutant that reads one array of the layers that have it wrongly. */
    private static Mutant array(String rule, String defect, String name, DoubleUnaryOperator reading) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
                Map<String, double[]> read = new HashMap<>(parameters);
                read.computeIfPresent(
                        layer.name() + "." + name,
                        (any, values) -> Arrays.stream(values).map(reading).toArray());
                return super.layer(layer, read);
            }
        });
    }

    /** A way to the variance, of the sum of the squared distances, the mean and the number of values. */
    private interface Variance {
        double of(double squares, double mean, int size);
    }

    private static Mutant normalising(String rule, String defect, Variance variance) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
                LayerOracle right = super.layer(layer, parameters);
                return !(layer.spec() instanceof GroupNorm norm)
                        ? right
                        : new AlteredLayer(right) {
                            @Override
                            public Approximation forward(Approximation x) {
                                double[] weight = Objects.requireNonNull(parameters.get(layer.name() + ".weight"));
                                double[] bias = Objects.requireNonNull(parameters.get(layer.name() + ".bias"));
                                double[] h = normalised(x.values(), norm, variance);
                                int plane = h.length / weight.length;
                                return values(h.length, i -> weight[i / plane] * h[i] + bias[i / plane]);
                            }
                        };
            }
        });
    }

    private static double[] normalised(double[] x, GroupNorm norm, Variance variance) {
        int size = x.length / norm.groups();
        double[] h = new double[x.length];
        for (int first = 0; first < x.length; first += size) {
            double[] group = Arrays.copyOfRange(x, first, first + size);
            double mean = Arrays.stream(group).sum() / size;
            double squares = Arrays.stream(group)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            double root = Math.sqrt(variance.of(squares, mean, size) + norm.epsilon());
            for (int i = 0; i < size; i++) {
                h[first + i] = (group[i] - mean) / root;
            }
        }
        return h;
    }

    private static final class HalfBatches extends AlteredLayer {
        private final LayerOracle right;

        HalfBatches(LayerOracle right) {
            super(right);
            this.right = right;
        }

        @Override
        public BatchOracle trainingOnBatch(long seed, long step, Buffers buffers) {
            BatchOracle whole = right.trainingOnBatch(seed, step, buffers);
            return new BatchOracle() {
                @Override
                public List<Approximation> forward(List<Approximation> x) {
                    return halves(x, (from, to) -> whole.forward(x.subList(from, to)));
                }

                @Override
                public List<Approximation> backward(
                        List<Approximation> x, List<Approximation> dY, ParameterSums gradients) {
                    return halves(
                            x, (from, to) -> whole.backward(x.subList(from, to), dY.subList(from, to), gradients));
                }
            };
        }

        private interface Part {
            List<Approximation> of(int from, int to);
        }

        private static List<Approximation> halves(List<Approximation> x, Part part) {
            int half = x.size() / 2;
            List<Approximation> all = new ArrayList<>(half == 0 ? List.of() : part.of(0, half));
            all.addAll(part.of(half, x.size()));
            return all;
        }
    }

    private static final class KeepingForGradients extends ReferenceTrainer {
        KeepingForGradients(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public Weights gradients(Batch batch) {
            Map<String, Approximation> kept = train(batch).buffers();
            Weights before = model().weights();
            model().load(Weights.of(model().network(), parameter -> {
                Approximation buffer = kept.get(parameter.name());
                float[] values = before.get(parameter.name());
                for (int i = 0; buffer != null && i < values.length; i++) {
                    values[i] = (float) buffer.value(i);
                }
                return values;
            }));
            return super.gradients(batch);
        }
    }

    private static final class OtherShare extends Mathematics {
        @Override
        public LayerOracle layer(NamedLayer layer, Map<String, double[]> parameters) {
            LayerOracle right = super.layer(layer, parameters);
            return !(layer.spec() instanceof BatchNorm2d norm)
                    ? right
                    : new AlteredLayer(right) {
                        @Override
                        public BatchOracle trainingOnBatch(long seed, long step, Buffers buffers) {
                            return right.trainingOnBatch(seed, step, (name, values) -> {
                                double[] before = Objects.requireNonNull(parameters.get(name));
                                double share = norm.momentum();
                                buffers.put(name, values(before.length, i -> {
                                    double ofBatch = (values.value(i) - (1 - share) * before[i]) / share;
                                    return share * before[i] + (1 - share) * ofBatch;
                                }));
                            });
                        }
                    };
        }
    }
}
