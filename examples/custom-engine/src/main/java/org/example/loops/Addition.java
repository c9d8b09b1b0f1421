package org.example.loops;

import java.util.ArrayList;
import java.util.List;

/**
 * Layers whose output is added to their input, see {@link dev.lenet.api.network.Residual}. What is between the layers is computed
 * again on the way back, as nobody has kept it.
 *
 * @param projection what the input goes through: one layer, or none
 */
record Addition(List<Computation> layers, List<Computation> projection) implements Computation {

    @Override
    public float[] forward(float[] x) {
        return sum(last(values(layers, x)), last(values(projection, x)));
    }

    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        return sum(backward(layers, x, dY, gradients), backward(projection, x, dY, gradients));
    }

    @Override
    public Computation training(long seed, long updates, int n) {
        return new Addition(
                layers.stream().map(layer -> layer.training(seed, updates, n)).toList(), projection);
    }

    private static float[] backward(List<Computation> layers, float[] x, float[] dY, Parameters gradients) {
        List<float[]> values = values(layers, x);
        float[] dX = dY;
        for (int i = layers.size() - 1; i >= 0; i--) {
            dX = layers.get(i).backward(values.get(i), values.get(i + 1), dX, gradients);
        }
        return dX;
    }

    private static List<float[]> values(List<Computation> layers, float[] x) {
        List<float[]> values = new ArrayList<>(List.of(x));
        for (Computation layer : layers) {
            values.add(layer.forward(last(values)));
        }
        return values;
    }

    private static float[] last(List<float[]> values) {
        return values.get(values.size() - 1);
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }
}
