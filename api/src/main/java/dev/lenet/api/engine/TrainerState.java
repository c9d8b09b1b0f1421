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
 * @param slots the optimizer's memory, by the names of {@link Optimizer#slots}
 */
public record TrainerState(long step, Weights weights, Map<String, Weights> slots) {

    public TrainerState {
        slots = Map.copyOf(slots);
    }

    /**
     * @throws ShapeException if this is a state of another network or optimizer
     */
    public void check(Network network, Optimizer optimizer) {
        weights.check(network);
        slots.values().forEach(slot -> slot.check(network));
        if (!slots.keySet().equals(Set.copyOf(optimizer.slots()))) {
            throw new ShapeException("Trainer state: expected the slots " + optimizer.slots() + " of " + optimizer
                    + ", received " + new TreeSet<>(slots.keySet())
                    + ". Continue with the optimizer the run was started with.");
        }
    }
}
