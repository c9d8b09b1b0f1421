package dev.lenet.tck.sample;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;

/** Numbers that a careless formula gets wrong. */
public final class Special {
    private static final float[] VALUES = {
        0,
        -0f,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        1e-20f,
        -1e-8f,
        1e-4f,
        -1e-3f,
        0.01f,
        0.1f,
        -0.5f,
        1,
        -1,
        4,
        -8.5f,
        9.1f,
        20,
        -89,
        100,
        -1e10f,
        1e38f,
        -Float.MAX_VALUE,
        Float.MAX_VALUE
    };

    private Special() {}

    /** That many of them, over and over. */
    public static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = VALUES[(i * 5) % VALUES.length];
        }
        return values;
    }

    /** Every value times a factor. */
    public static float[] scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = values[i] * factor;
        }
        return scaled;
    }

    /** Every weight times a factor. */
    public static Weights scaled(Network network, Weights weights, float factor) {
        return Weights.of(network, parameter -> scaled(weights.get(parameter.name()), factor));
    }
}
