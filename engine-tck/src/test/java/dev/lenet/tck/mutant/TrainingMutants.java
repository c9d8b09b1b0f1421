package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.OptimizerOracle;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Engines that train wrongly: chapter 5. */
final class TrainingMutants {
    private TrainingMutants() {}

    static List<Mutant> all() {
        return List.of(
                updating("5.1", "moves by the velocity of the step before", TrainingMutants::stale),
                updating(
                        "5.2",
                        "leaves out Adam's bias correction",
                        (spec, right) -> (t, rate, w, slots, g) -> right
                                // So late that nothing is left to correct.
                                .update(1_000_000, rate, w, slots, g)),
                updating("5.2", "adds epsilon under the root", TrainingMutants::epsilonUnderTheRoot),
                updating("5.2", "computes 1 - beta in float32", TrainingMutants::constantsInFloat),
                updating(
                        "5.3",
                        "lets decoupled decay into the moments",
                        (spec, right) -> spec instanceof Optimizer.Adam a
                                ? OptimizerOracle.of(
                                        new Optimizer.Adam(a.beta1(), a.beta2(), a.epsilon(), a.weightDecay(), false))
                                : right),
                losing("5.4", "reports the sum of the losses", (loss, batch) -> loss * batch.size()),
                Planting.trainer("5.4", "reports the loss after the update", LossAfterwards::new),
                Mutant.computing("5.5", "keeps examples of a larger batch before", Leftovers::new),
                reading(
                        "5.5",
                        "reads from the beginning of the order",
                        batch -> new Batch(batch.dataset(), batch.order(), 0, batch.size())),
                reading(
                        "5.5",
                        "reads the rows in the order of the data set",
                        batch -> Batch.range(batch.dataset(), batch.offset(), batch.size())),
                Mutant.computing("5.6", "keeps the first learning rate", FirstRate::new),
                Planting.model("5.7", "predicts with the weights it was built with", Frozen::new),
                Planting.model("5.7", "has layers with the weights it was built with", FrozenLayers::new),
                Mutant.of("5.8", "starts every run a little differently", () -> new ReferenceEngine(new Drifting())),
                Mutant.computing("5.9", "counts the steps of all trainers together", OneCounter::new));
    }

    /** How a mutant updates. */
    private interface Rule {
        OptimizerOracle of(Optimizer spec, OptimizerOracle right);
    }

    private static Mutant updating(String rule, String defect, Rule update) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public OptimizerOracle optimizer(Optimizer spec) {
                return update.of(spec, super.optimizer(spec));
            }
        });
    }

    private static OptimizerOracle stale(Optimizer spec, OptimizerOracle right) {
        return (t, rate, w, slots, g) -> {
            OptimizerOracle.Updated updated = right.update(t, rate, w, slots, g);
            return slots.size() == 1
                    ? new OptimizerOracle.Updated(values(w.length, i -> w[i] - rate * slots.get(0)[i]), updated.slots())
                    : updated;
        };
    }

    private static OptimizerOracle epsilonUnderTheRoot(Optimizer spec, OptimizerOracle right) {
        return (t, rate, w, slots, g) -> {
            OptimizerOracle.Updated updated = right.update(t, rate, w, slots, g);
            if (!(spec instanceof Optimizer.Adam adam)) {
                return updated;
            }
            Approximation m = updated.slots().get(0);
            Approximation v = updated.slots().get(1);
            double first = 1 - Math.pow(adam.beta1(), (double) t);
            double second = 1 - Math.pow(adam.beta2(), (double) t);
            return new OptimizerOracle.Updated(
                    values(
                            w.length,
                            i -> w[i] - rate * (m.value(i) / first) / Math.sqrt(v.value(i) / second + adam.epsilon())),
                    updated.slots());
        };
    }

    private static OptimizerOracle constantsInFloat(Optimizer spec, OptimizerOracle right) {
        return (t, rate, w, slots, g) -> {
            OptimizerOracle.Updated updated = right.update(t, rate, w, slots, g);
            if (!(spec instanceof Optimizer.Adam adam)) {
                return updated;
            }
            float beta = (float) adam.beta2();
            Approximation second = values(w.length, i -> beta * slots.get(1)[i] + (1 - beta) * g.value(i) * g.value(i));
            return new OptimizerOracle.Updated(
                    updated.weights(), List.of(updated.slots().get(0), second));
        };
    }

    /** A mutant that trains on another batch. */
    private static Mutant reading(String rule, String defect, UnaryOperator<Batch> change) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                return super.train(network, weights, change.apply(batch), spec, step);
            }
        });
    }

    /** What a mutant makes of the right loss. */
    private interface LossChange {
        double of(double loss, Batch batch);
    }

    private static Mutant losing(String rule, String defect, LossChange change) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
                BatchResult right = super.train(network, weights, batch, spec, step);
                return new BatchResult(
                        values(1, i -> change.of(right.loss().value(0), batch)), right.gradients(), right.buffers());
            }
        });
    }

    private static final class LossAfterwards extends ReferenceTrainer {
        private final List<Float> losses = new ArrayList<>();

        LossAfterwards(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void step(Batch batch, double learningRate) {
            super.step(batch, learningRate);
            losses.add((float) train(batch).loss().value(0));
        }

        @Override
        public StepMetrics drainMetrics() {
            float[] drained = super.drainMetrics().losses();
            for (int i = 0; i < drained.length; i++) {
                drained[i] = losses.get(i);
            }
            losses.clear();
            return new StepMetrics(drained);
        }
    }

    private static final class FirstRate extends Mathematics {
        private double first = Double.NaN;

        @Override
        public OptimizerOracle optimizer(Optimizer spec) {
            OptimizerOracle right = super.optimizer(spec);
            return (t, rate, w, slots, g) -> {
                first = Double.isNaN(first) ? rate : first;
                return right.update(t, first, w, slots, g);
            };
        }
    }

    private static final class Leftovers extends Mathematics {
        private @Nullable Batch largest;

        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            Batch before = largest;
            Batch filled = batch;
            if (before != null
                    && before.size() > batch.size()
                    && before.dataset().equals(batch.dataset())) {
                int[] rows = new int[before.size()];
                for (int i = 0; i < rows.length; i++) {
                    Batch from = i < batch.size() ? batch : before;
                    rows[i] = from.order()[from.offset() + i];
                }
                filled = new Batch(batch.dataset(), rows, 0, rows.length);
            } else {
                largest = batch;
            }
            return super.train(network, weights, filled, spec, step);
        }
    }

    static final class Frozen extends ReferenceModel {
        private final ReferenceModel first;

        Frozen(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            first = new ReferenceModel(engine, network, weights);
        }

        @Override
        protected Tensor predict(float[] values, int count) {
            try (Tensor examples = engine().tensor(network().input().batchOf(count), values)) {
                return first.predict(examples);
            }
        }
    }

    static final class FrozenLayers extends ReferenceModel {
        private final ReferenceModel first;

        FrozenLayers(ReferenceEngine engine, Network network, Weights weights) {
            super(engine, network, weights);
            first = new ReferenceModel(engine, network, weights);
        }

        @Override
        protected Layer newLayer(NamedLayer layer) {
            return new OtherLayer(super.newLayer(layer)) {
                @Override
                public Tensor forward(Tensor input) {
                    return first.layers().get(layer.index()).forward(input);
                }
            };
        }
    }

    private static final class Drifting extends Mathematics {
        private static final AtomicLong ENGINES = new AtomicLong();
        private final double factor = 1 + ENGINES.getAndIncrement() * 0x1p-23;

        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            BatchResult right = super.train(network, weights, batch, spec, step);
            Map<String, Approximation> gradients = new HashMap<>();
            right.gradients().forEach((name, g) -> gradients.put(name, GradientMutants.scaled(g, factor)));
            return new BatchResult(right.loss(), gradients, right.buffers());
        }
    }

    private static final class OneCounter extends Mathematics {
        private long steps;

        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            return super.train(network, weights, batch, spec, steps++);
        }
    }
}
