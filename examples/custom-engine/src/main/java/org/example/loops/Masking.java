package org.example.loops;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Network.NamedLayer;

/** Dropout: nothing in a prediction, and in training the mask of {@link Dropout#mask}, the same forward and back. */
record Masking(NamedLayer layer, Dropout dropout) implements Computation {

    @Override
    public float[] forward(float[] x) {
        return x;
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        return dY;
    }

    @Override
    public Computation training(long seed, long updates, int n) {
        RandomStream mask = Dropout.mask(seed, layer.name(), updates);
        return new Computation() {
            @Override
            public float[] forward(float[] x) {
                return masked(mask, x, n);
            }

            @Override
            public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
                return masked(mask, dY, n);
            }
        };
    }

    private float[] masked(RandomStream mask, float[] values, int n) {
        float[] masked = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean kept = mask.uniform((long) n * values.length + i) >= dropout.rate();
            masked[i] = kept ? values[i] * dropout.scale() : 0;
        }
        return masked;
    }
}
