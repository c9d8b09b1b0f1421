package dev.lenet.tck.mutant;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines that load weights badly: the rules 1.4, 6.6, 6.7 and 7.2. */
final class LoadingMutants {
    private LoadingMutants() {}

    static List<Mutant> all() {
        return List.of(
                loading("1.4", "loads weights into a model that is closed", Loading::replace),
                Planting.model("6.6", "predicts with the weights it was built with", TrainingMutants.Frozen::new),
                Planting.model(
                        "6.6", "has layers with the weights it was built with", TrainingMutants.FrozenLayers::new),
                loading("6.6", "keeps the arrays of weights that it loads", (model, weights) -> {
                    weights.check(model.network());
                    model.replace(weights);
                }),
                loading("6.6", "does not load biases", LoadingMutants::withoutBiases),
                Planting.trainer("6.7", "trains on from the weights of its last step", OwnWeights::new),
                Planting.trainer("6.7", "starts its slots anew when weights were loaded", FreshSlots::new),
                loading("7.2", "loads the weights that fit before it looks at the others", (model, weights) -> {
                    model.replace(fitting(model, weights));
                    model.loadRight(weights);
                }),
                loading(
                        "7.2",
                        "loads the weights that fit",
                        (model, weights) -> model.replace(fitting(model, weights))));
    }

    /** How a mutant loads. */
    private interface Load {
        void load(Loading model, Weights weights);
    }

    private static Mutant loading(String rule, String defect, Load load) {
        return Planting.model(rule, defect, (engine, network, weights) -> new Loading(engine, network, weights, load));
    }

    private static final class Loading extends ReferenceModel {
        private final Load load;

        Loading(ReferenceEngine engine, Network network, Weights weights, Load load) {
            super(engine, network, weights);
            this.load = load;
        }

        @Override
        public void load(Weights newWeights) {
            load.load(this, newWeights);
        }

        private void loadRight(Weights newWeights) {
            super.load(newWeights);
        }

        @Override
        protected void replace(Weights newWeights) {
            super.replace(newWeights);
        }
    }

    private static void withoutBiases(Loading model, Weights weights) {
        weights.check(model.network());
        Weights before = model.weights();
        model.loadRight(
                Weights.of(model.network(), parameter -> (parameter.name().endsWith(".bias") ? before : weights)
                        .get(parameter.name())));
    }

    private static Weights fitting(Loading model, Weights weights) {
        Weights before = model.weights();
        return Weights.of(model.network(), parameter -> {
            TensorData tensor = weights.tensors().get(parameter.name());
            return tensor != null && tensor.shape().equals(parameter.shape())
                    ? tensor.values()
                    : before.get(parameter.name());
        });
    }

    private static final class OwnWeights extends ReferenceTrainer {
        private Weights own;

        OwnWeights(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
            own = model.weights();
        }

        @Override
        public void step(Batch batch, double learningRate) {
            become(new TrainerState(current().step(), own, current().slots()));
            super.step(batch, learningRate);
            own = current().weights();
        }

        @Override
        public void restore(TrainerState state) {
            super.restore(state);
            own = current().weights();
        }
    }

    private static final class FreshSlots extends ReferenceTrainer {
        private Weights last;

        FreshSlots(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
            last = current().weights();
        }

        @Override
        public void step(Batch batch, double learningRate) {
            TrainerState state = current();
            if (state.weights() != last) {
                Map<String, Weights> slots = new HashMap<>();
                spec().slots().forEach(slot -> slots.put(slot, Weights.zeros(model().network())));
                become(new TrainerState(state.step(), state.weights(), slots));
            }
            super.step(batch, learningRate);
            last = current().weights();
        }

        @Override
        public void restore(TrainerState state) {
            super.restore(state);
            last = current().weights();
        }
    }
}
