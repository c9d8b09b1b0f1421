package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.ClippingOracle;
import dev.lenet.tck.oracle.OptimizerOracle;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines that do not follow the rest of their specification: clipping, the average of the weights. */
final class RecipeMutants {
    private RecipeMutants() {}

    static List<Mutant> all() {
        return List.of(
                clipping("5.10", "takes no notice of the limit", (limit, gradients) -> gradients),
                clipping("5.10", "clips each parameter alone", RecipeMutants::eachAlone),
                clipping("5.10", "clips every value", RecipeMutants::everyValue),
                clipping("5.10", "leaves biases out of the norm", RecipeMutants::withoutBiases),
                clipping(
                        "5.10",
                        "adds nothing to the norm",
                        (limit, gradients) -> scaled(gradients, Math.min(1, limit / norm(gradients)))),
                Mutant.computing("5.10", "clips after weight decay", DecayFirst::new),
                Planting.trainer("5.10", "clips the gradients that are asked for", ClippedGradients::new),
                clipping(
                        "5.11",
                        "makes short gradients as long as the limit",
                        (limit, gradients) -> scaled(gradients, limit / norm(gradients))),
                averaging(
                        "5.12",
                        "averages the weights before the update",
                        (decay, a, before, after) -> values(a.length, i -> decay * a[i] + (1 - decay) * before[i])),
                averaging(
                        "5.12",
                        "swaps the shares of old and new",
                        (decay, a, before, after) -> values(a.length, i -> (1 - decay) * a[i] + decay * after[i])),
                averaging(
                        "5.12",
                        "starts at the first weights",
                        (decay, a, before, after) ->
                                values(a.length, i -> a[i] == 0 ? after[i] : decay * a[i] + (1 - decay) * after[i])),
                averaging(
                        "5.12",
                        "computes 1 - decay in float32",
                        (decay, a, before, after) ->
                                values(a.length, i -> decay * a[i] + (1 - (float) decay) * after[i])),
                Planting.trainer("5.13", "trains on from the average", FromTheAverage::new),
                Planting.trainer("6.3", "forgets the average", ForgottenAverage::new));
    }

    /** What a mutant makes of gradients that are to be no longer than a limit above 0. */
    private interface Clip {
        Map<String, Approximation> of(double limit, Map<String, Approximation> gradients);
    }

    private static Mutant clipping(String rule, String defect, Clip clip) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public Map<String, Approximation> clip(double limit, Map<String, Approximation> gradients) {
                return limit == 0 ? gradients : clip.of(limit, gradients);
            }
        });
    }

    private static Map<String, Approximation> eachAlone(double limit, Map<String, Approximation> gradients) {
        Map<String, Approximation> clipped = new HashMap<>();
        gradients.forEach((name, gradient) -> clipped.putAll(ClippingOracle.clip(limit, Map.of(name, gradient))));
        return clipped;
    }

    private static Map<String, Approximation> everyValue(double limit, Map<String, Approximation> gradients) {
        Map<String, Approximation> clipped = new HashMap<>();
        gradients.forEach(
                (name, g) -> clipped.put(name, values(g.size(), i -> Math.max(-limit, Math.min(limit, g.value(i))))));
        return clipped;
    }

    private static Map<String, Approximation> withoutBiases(double limit, Map<String, Approximation> gradients) {
        Map<String, Approximation> weights = new HashMap<>(gradients);
        weights.keySet().removeIf(name -> name.endsWith(".bias"));
        return scaled(gradients, Math.min(1, limit / norm(weights)));
    }

    /** Decays by the gradient, which is then clipped, and not in the optimizer. */
    private static final class DecayFirst extends Mathematics {
        @Override
        public BatchResult train(Network network, Weights weights, Batch batch, TrainingSpec spec, long step) {
            BatchResult right = super.train(network, weights, batch, spec, step);
            double decay = spec.optimizer() instanceof Optimizer.Sgd sgd ? sgd.weightDecay() : 0;
            Map<String, Approximation> decayed = new HashMap<>();
            right.gradients().forEach((name, g) -> {
                float[] w = weights.get(name);
                decayed.put(name, values(g.size(), i -> g.value(i) + decay * w[i]));
            });
            return new BatchResult(right.loss(), decayed, right.buffers());
        }

        @Override
        public OptimizerOracle optimizer(Optimizer optimizer) {
            return super.optimizer(
                    optimizer instanceof Optimizer.Sgd sgd ? new Optimizer.Sgd(sgd.momentum(), 0) : optimizer);
        }
    }

    private static double norm(Map<String, Approximation> gradients) {
        double squares = 0;
        for (Approximation gradient : gradients.values()) {
            for (double value : gradient.values()) {
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }

    static Map<String, Approximation> scaled(Map<String, Approximation> gradients, double factor) {
        Map<String, Approximation> scaled = new HashMap<>();
        gradients.forEach((name, gradient) -> scaled.put(name, GradientMutants.scaled(gradient, factor)));
        return scaled;
    }

    private static final class ClippedGradients extends ReferenceTrainer {
        ClippedGradients(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public Weights gradients(Batch batch) {
            Weights whole = super.gradients(batch);
            Map<String, Approximation> gradients = new HashMap<>();
            whole.tensors().forEach((name, tensor) -> gradients.put(name, Approximation.exact(tensor.values())));
            double factor = spec().clipFactor(norm(gradients));
            return Weights.of(model().network(), parameter -> {
                float[] values = whole.get(parameter.name()).clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= (float) factor;
                }
                return values;
            });
        }
    }

    /** What a mutant makes of the average of one parameter. */
    private interface Average {
        Approximation of(double decay, float[] average, float[] before, float[] after);
    }

    private static Mutant averaging(String rule, String defect, Average wrong) {
        return Mutant.computing(rule, defect, () -> new Mathematics() {
            @Override
            public Approximation average(double decay, float[] average, float[] before, float[] after) {
                return wrong.of(decay, average, before, after);
            }
        });
    }

    private static final class FromTheAverage extends ReferenceTrainer {
        FromTheAverage(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void step(Batch batch, double learningRate) {
            super.step(batch, learningRate);
            TrainerState state = current();
            Weights averaged = state.averaged(model().network(), spec());
            become(new TrainerState(state.step(), averaged, state.slots()));
        }
    }

    private static final class ForgottenAverage extends ReferenceTrainer {
        ForgottenAverage(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void restore(TrainerState state) {
            Map<String, Weights> slots = new HashMap<>(state.slots());
            slots.computeIfPresent(TrainingSpec.AVERAGE, (name, slot) -> Weights.zeros(model().network()));
            super.restore(new TrainerState(state.step(), state.weights(), slots));
        }
    }
}
