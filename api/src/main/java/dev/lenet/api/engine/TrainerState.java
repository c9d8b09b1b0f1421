package dev.lenet.api.engine;

import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that the next training step depends on, in a form any engine understands.
 *
 * @param step how many updates have been made
 * @param weights after those updates
 * @param slots what the trainer remembers, by the names of {@link TrainingSpec#slots}
 */
public record TrainerState(long step, Weights weights, Map<String, Weights> slots) {

    public TrainerState {
        slots = Map.copyOf(slots);
    }

    /**
     * @throws ShapeException if this is a state of another network, of another optimizer, or with an average of the weights
     *     where the specification has none, or the other way round
     */
    public void check(Network network, TrainingSpec spec) {
        weights.check(network);
        slots.values().forEach(slot -> slot.check(network));
        if (!slots.keySet().equals(Set.copyOf(spec.slots()))) {
            throw new ShapeException("Trainer state: expected the slots " + spec.slots() + " of " + spec.optimizer()
                    + (spec.averageDecay() > 0 ? " with an average of the weights" : "")
                    + ", received " + new TreeSet<>(slots.keySet())
                    + ". Continue with the settings the run was started with.");
        }
    }

    /**
     * The average of the weights; without one, or before the first update, the weights themselves. A model predicts with
     * it once it is {@linkplain Model#load loaded}. What is not trainable has no average, and is as it is.
     *
     * <pre>
     * a / (1 - averageDecay^t)     t = 1, 2, ... the number of updates
     * </pre>
     *
     * The average starts at zero; the division corrects that, as for Adam's moments: Kingma and Ba, "Adam: a method for
     * stochastic optimization", ICLR 2015, sections 3 and 7.2. Computed in double precision and rounded once.
     *
     * @throws ShapeException if this is not a state of that network and specification
     */
    public Weights averaged(Network network, TrainingSpec spec) {
        check(network, spec);
        Weights average = slots.get(TrainingSpec.AVERAGE);
        if (average == null || step == 0) {
            return weights;
        }
        double correction = 1 - StrictMath.pow(spec.averageDecay(), (double) step);
        return Weights.of(network, parameter -> {
            if (!parameter.trainable()) {
                return weights.get(parameter.name()).clone();
            }
            float[] values = average.get(parameter.name()).clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] / correction);
            }
            return values;
        });
    }
}
