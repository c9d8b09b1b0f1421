package dev.lenet.api.training;

import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as lists of their bits, which are equal when every bit is. */
final class Bits {
    private Bits() {}

    static List<Integer> of(Weights weights) {
        List<Integer> bits = new ArrayList<>();
        weights.tensors().values().forEach(tensor -> {
            for (float value : tensor.values()) {
                bits.add(Float.floatToRawIntBits(value));
            }
        });
        return bits;
    }

    static Map<String, List<Integer>> of(TrainerState state) {
        Map<String, List<Integer>> bits = new TreeMap<>();
        bits.put("step", List.of((int) state.step()));
        bits.put("weights", of(state.weights()));
        state.slots().forEach((slot, values) -> bits.put("slot " + slot, of(values)));
        return bits;
    }
}
