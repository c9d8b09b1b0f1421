package dev.lenet.tck.sample;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec.Start;
import dev.lenet.api.network.Weights;

/** Weights as they might be in the middle of a run. */
public final class SampleWeights {
    private SampleWeights() {}

    /** The initial ones of that seed, but that what begins with ones or zeros has gone some way. */
    public static Weights of(Network network, long seed) {
        Weights initial = Weights.initial(network, seed);
        return Weights.of(network, parameter -> {
            float[] values = initial.get(parameter.name());
            if (parameter.start() == Start.UNIFORM) {
                return values;
            }
            RandomStream stream = RandomStream.of(seed, "moved/" + parameter.name());
            float[] moved = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                moved[i] = values[i] + stream.uniform(i) - 0.5f;
            }
            return moved;
        });
    }
}
