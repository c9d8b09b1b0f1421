package dev.lenet.engine.jvm;

/**
 * The predictions of {@code VectorKernels} in plain loops: the same sums in the same order, each term with one rounding, and so
 * the same bits. Those who have few images need not wait until the Vector API is loaded and C2 has compiled it.
 */
final class FusedKernels extends ScalarKernels {
    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in) {
        int terms = in.length;
        int t = 0;
        for (; t <= terms - 4; t += 4) {
            for (int r = 0; r < out.length; r++) {
                addFour(out[r], coefficients[r], in, t);
            }
        }
        for (; t < terms; t++) {
            for (int r = 0; r < out.length; r++) {
                addOne(out[r], coefficients[r][t], in[t]);
            }
        }
    }

    private static void addFour(float[] out, float[] coefficients, float[][] in, int t) {
        float c0 = coefficients[t];
        float c1 = coefficients[t + 1];
        float c2 = coefficients[t + 2];
        float c3 = coefficients[t + 3];
        float[] in0 = in[t];
        float[] in1 = in[t + 1];
        float[] in2 = in[t + 2];
        float[] in3 = in[t + 3];
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(c3, in3[j], Math.fma(c2, in2[j], Math.fma(c1, in1[j], Math.fma(c0, in0[j], out[j]))));
        }
    }

    private static void addOne(float[] out, float c, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(c, in[j], out[j]);
        }
    }
}
