package dev.lenet.tck;

import dev.lenet.api.RandomStream;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.Arrays;

/** Arrays of numbers to send over the boundary. */
final class Values {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        0.1f
    };

    private Values() {}

    /** All sorts of floats: the special ones, and any others. */
    static float[] ofAllKinds(String name, int count) {
        RandomStream stream = RandomStream.of(ContractRules.SEED, name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 3 == 0 ? SPECIAL[i / 3 % SPECIAL.length] : Float.intBitsToFloat((int) stream.bits(i));
        }
        return values;
    }

    /** From -7 to 7 without 0: sums of products of a few hundred are exact in float32, in any order. */
    static float[] whole(String name, int count) {
        RandomStream stream = RandomStream.of(ContractRules.SEED, name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int magnitude = 1 + (int) (stream.uniform(i) * 7);
            values[i] = stream.bits(i) % 2 == 0 ? magnitude : -magnitude;
        }
        return values;
    }

    /** Weights of {@link #ofAllKinds all kinds}. */
    static Weights weightsOfAllKinds(Network network) {
        return Weights.of(
                network,
                parameter -> ofAllKinds(parameter.name(), parameter.shape().size()));
    }

    /** {@link #whole Whole} weights. */
    static Weights wholeWeights(Network network) {
        return Weights.of(
                network, parameter -> whole(parameter.name(), parameter.shape().size()));
    }

    /** What a caller does that takes the arrays for its own. */
    static void overwrite(Weights weights) {
        weights.tensors().values().forEach(tensor -> Arrays.fill(tensor.values(), 7));
    }

    static void overwrite(TrainerState state) {
        overwrite(state.weights());
        state.slots().values().forEach(Values::overwrite);
    }
}
