package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;

import dev.lenet.api.engine.StepMetrics;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines that keep or restore the state of a training wrongly: chapter 6. */
final class StateMutants {
    private StateMutants() {}

    static List<Mutant> all() {
        return List.of(
                Planting.trainer("6.1", "makes the slots in the first step", LateSlots::new),
                Planting.trainer("6.2", "adds what it restores", AddingRestore::new),
                Planting.trainer("6.3", "forgets the second moment", ForgetfulState::new),
                Planting.trainer("6.3", "does not restore the number of updates", StepsFromZero::new),
                Planting.trainer("6.4", "keeps losses when it restores", KeepingLosses::new),
                Planting.model("6.5", "predicts with the weights it was built with", TrainingMutants.Frozen::new),
                Planting.model(
                        "6.5", "has layers with the weights it was built with", TrainingMutants.FrozenLayers::new));
    }

    private static final class LateSlots extends ReferenceTrainer {
        LateSlots(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public TrainerState state() {
            TrainerState state = super.state();
            return state.step() == 0 ? new TrainerState(0, state.weights(), Map.of()) : state;
        }
    }

    private static final class AddingRestore extends ReferenceTrainer {
        AddingRestore(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void restore(TrainerState state) {
            Weights before = model().weights();
            Weights sum = Weights.of(model().network(), parameter -> {
                float[] values = state.weights().get(parameter.name()).clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0 * before.get(parameter.name())[i];
                }
                return values;
            });
            super.restore(new TrainerState(state.step(), sum, state.slots()));
        }
    }

    private static final class ForgetfulState extends ReferenceTrainer {
        ForgetfulState(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public TrainerState state() {
            TrainerState state = super.state();
            Map<String, Weights> slots = new HashMap<>(state.slots());
            slots.computeIfPresent("second_moment", (name, slot) -> Weights.zeros(model().network()));
            return new TrainerState(state.step(), state.weights(), slots);
        }
    }

    private static final class StepsFromZero extends ReferenceTrainer {
        StepsFromZero(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void restore(TrainerState state) {
            super.restore(new TrainerState(0, state.weights(), state.slots()));
        }
    }

    private static final class KeepingLosses extends ReferenceTrainer {
        private float[] kept = {};

        KeepingLosses(ReferenceModel model, TrainingSpec spec) {
            super(model, spec);
        }

        @Override
        public void restore(TrainerState state) {
            kept = super.drainMetrics().losses();
            super.restore(state);
        }

        @Override
        public StepMetrics drainMetrics() {
            float[] next = super.drainMetrics().losses();
            float[] all = Arrays.copyOf(kept, kept.length + next.length);
            System.arraycopy(next, 0, all, kept.length, next.length);
            kept = new float[0];
            return new StepMetrics(all);
        }
    }
}
