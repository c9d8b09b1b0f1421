package dev.lenet.engine.djl;

import dev.lenet.api.engine.TrainingSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step does with the gradients, as statements in TorchScript: clipping, the optimizer, and the average of the
 * weights. Given are {@code g} and {@code weights}, both flat, {@code slots} and {@code rates}; g is used up.
 */
final class UpdateSource {
    private UpdateSource() {}

    static List<String> of(TrainingSpec spec) {
        List<String> all = new ArrayList<>();
        if (spec.clipNorm() > 0) {
            // TrainingSpec.clipFactor; squares are added in double precision, where none overflows or vanishes.
            all.add("norm = torch.linalg_vector_norm(g, 2, None, False, dtype=7)");
            all.add("factor = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, %s)), %s), None, 1.)"
                    .formatted(number(1e-6), number(spec.clipNorm())));
            all.add("g = torch.mul_(g, factor)");
        }
        all.addAll(OptimizerSource.of(spec.optimizer()).statements());
        if (spec.averageDecay() > 0) {
            int slot = spec.slots().indexOf(TrainingSpec.AVERAGE);
            all.add("a = torch.lerp_(slots[%s], weights, %s)".formatted(slot, number(1 - spec.averageDecay())));
        }
        return all;
    }

    /** All digits, as Python writes them. */
    static String number(double value) {
        return Double.toString(value).replace('E', 'e');
    }
}
