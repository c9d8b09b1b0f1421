package dev.lenet.engine.jvm;

/**
 * The predictions of {@code VectorKernels} in plain loops: the same sums in the same order, each term with one rounding, and so
 * the same bits. Those who have few images need not wait until the Vector API is loaded and C2 has compiled it.
 */
final class FusedKernels extends ScalarKernels {
    @Override
    void addFour(float[][] out, float[][] coefficients, int t, float[][] in, int from) {
        for (int r = 0; r < out.length; r++) {
            float[] c = coefficients[r];
            addFour(out[r], c[t], in[from], c[t + 1], in[from + 1], c[t + 2], in[from + 2], c[t + 3], in[from + 3]);
        }
    }

    private static void addFour(
            float[] out, float c0, float[] in0, float c1, float[] in1, float c2, float[] in2, float c3, float[] in3) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(c3, in3[j], Math.fma(c2, in2[j], Math.fma(c1, in1[j], Math.fma(c0, in0[j], out[j]))));
        }
    }

    @Override
    void addOne(float[][] out, float[][] coefficients, int t, float[] in) {
        for (int r = 0; r < out.length; r++) {
            addOne(out[r], coefficients[r][t], in);
        }
    }

    private static void addOne(float[] out, float c, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(c, in[j], out[j]);
        }
    }
}
