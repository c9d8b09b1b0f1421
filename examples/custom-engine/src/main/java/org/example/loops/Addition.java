package org.example.loops;

import java.util.ArrayList;
import java.util.List;

/**
 * Layers whose output is added to their input, see {@link dev.lenet.api.network.Residual}. What is between the layers is computed
 * again in the backward pass, as it was not kept.
 *
 * @param projection what the input goes through: one layer, or none
 */
record Addition(List<Computation> layers, List<Computation> projection) implements Computation {

    @Override
    public float[] forward(float[] x) {
        return sum(through(layers, x), through(projection, x));
    }

    private static float[] through(List<Computation> layers, float[] x) {
        float[] y = x;
        for (Computation layer : layers) {
            y = layer.forward(y);
        }
        return y;
    }

    /** In training the layers are asked for their batch. */
    @Override
    public float[] backward(float[] x, float[] y, float[] dY, Parameters gradients) {
        throw new UnsupportedOperationException("its layers may normalise the batch");
    }

    @Override
    public BatchComputation onBatch(long seed, long updates, Parameters kept) {
        List<BatchComputation> body = onBatch(layers, seed, updates, kept);
        List<BatchComputation> skip = onBatch(projection, seed, updates, kept);
        return new BatchComputation() {
            @Override
            public List<float[]> forward(List<float[]> x) {
                return sums(last(values(body, x)), last(values(skip, x)));
            }

            @Override
            public List<float[]> backward(List<float[]> x, List<float[]> y, List<float[]> dY, Parameters gradients) {
                return sums(chain(body, x, dY, gradients), chain(skip, x, dY, gradients));
            }
        };
    }

    private static List<BatchComputation> onBatch(List<Computation> layers, long seed, long updates, Parameters kept) {
        return layers.stream().map(layer -> layer.onBatch(seed, updates, kept)).toList();
    }

    private static List<float[]> chain(
            List<BatchComputation> layers, List<float[]> x, List<float[]> dY, Parameters gradients) {
        List<List<float[]>> values = values(layers, x);
        List<float[]> dX = dY;
        for (int i = layers.size() - 1; i >= 0; i--) {
            dX = layers.get(i).backward(values.get(i), values.get(i + 1), dX, gradients);
        }
        return dX;
    }

    private static List<List<float[]>> values(List<BatchComputation> layers, List<float[]> x) {
        List<List<float[]>> values = new ArrayList<>(List.of(x));
        for (BatchComputation layer : layers) {
            values.add(layer.forward(last(values)));
        }
        return values;
    }

    private static List<float[]> sums(List<float[]> a, List<float[]> b) {
        List<float[]> sums = new ArrayList<>();
        for (int n = 0; n < a.size(); n++) {
            sums.add(sum(a.get(n), b.get(n)));
        }
        return sums;
    }

    private static <T> T last(List<T> values) {
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
