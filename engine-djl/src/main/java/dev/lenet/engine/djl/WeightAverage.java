package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lenet.api.engine.TrainingSpec;
import java.util.Map;

/** The moving average of all weights, see {@link TrainingSpec}. */
final class WeightAverage {
    private final boolean averages;
    private final HostScalar share;
    /** Flat; without an average an array of length 0. */
    private final NDArray average;

    /**
     * @param manager owns the average
     * @param host a manager on the CPU, owns numbers
     * @param size how many parameters there are
     */
    WeightAverage(TrainingSpec spec, NDManager manager, NDManager host, int size) {
        averages = spec.averageDecay() > 0;
        share = new HostScalar(host, 1 - spec.averageDecay());
        average = manager.zeros(new Shape(averages ? size : 0));
    }

    /** The array that is remembered, if there is one; it may be written. */
    Map<String, NDArray> slots() {
        return averages ? Map.of(TrainingSpec.AVERAGE, average) : Map.of();
    }

    /**
     * Takes in the weights after an update.
     *
     * @param scope owns intermediate results
     */
    void add(NDArray weights, NDManager scope) {
        if (averages) {
            average.addi(HostBuffer.alias(weights, scope).sub(average).muli(share.array()));
        }
    }
}
