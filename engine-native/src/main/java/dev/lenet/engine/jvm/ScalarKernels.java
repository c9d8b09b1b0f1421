package dev.lenet.engine.jvm;

import java.util.Arrays;

/**
 * Kernels in the Java everyone reads, in the shape C2 vectorises: simple loops over at most five separate arrays.
 *
 * <p>Multiplication and addition stay separate operations. {@code Math.fma} is no faster in these loops, which wait for
 * the cache, and hundreds of times slower on a processor without the instruction. Terms are added to each other before
 * they are added to the sum: it is then rounded a quarter as often.
 */
final class ScalarKernels implements Kernels {

    @Override
    public String describe() {
        return "scalar";
    }

    @Override
    public void multiplyAdd(float[][] out, float[][] coefficients, float[][] in) {
        int terms = in.length;
        int t = 0;
        for (; t <= terms - 4; t += 4) {
            // Four rows of input serve all rows of output while they are in the first-level cache.
            for (int r = 0; r < out.length; r++) {
                float[] c = coefficients[r];
                multiplyAdd4(out[r], c[t], in[t], c[t + 1], in[t + 1], c[t + 2], in[t + 2], c[t + 3], in[t + 3]);
            }
        }
        for (; t < terms; t++) {
            for (int r = 0; r < out.length; r++) {
                multiplyAdd1(out[r], coefficients[r][t], in[t]);
            }
        }
    }

    private static void multiplyAdd4(
            float[] out, float c0, float[] in0, float c1, float[] in1, float c2, float[] in2, float c3, float[] in3) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + ((c0 * in0[j] + c1 * in1[j]) + (c2 * in2[j] + c3 * in3[j]));
        }
    }

    private static void multiplyAdd1(float[] out, float c, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + c * in[j];
        }
    }

    @Override
    public void multiplyTransposedAdd(float[][] out, float[][][] a, float[][][] b, float[] scratch) {
        int groups = a.length;
        int length = a[0][0].length;
        for (int t = 0; t < b[0].length; t++) {
            for (int r = 0; r < out.length; r++) {
                // C2 does not vectorise a sum over a row, so the rows are summed element by element first:
                // 17 GFLOP/s against 4 for plain dot products.
                clear(scratch, length);
                int g = 0;
                for (; g <= groups - 2; g += 2) {
                    addProducts2(scratch, a[g][r], b[g][t], a[g + 1][r], b[g + 1][t]);
                }
                if (g < groups) {
                    addProducts1(scratch, a[g][r], b[g][t]);
                }
                out[r][t] += sum(scratch, length);
            }
        }
    }

    private static void clear(float[] out, int length) {
        Arrays.fill(out, 0, length, 0);
    }

    private static void addProducts2(float[] out, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int j = 0; j < a0.length; j++) {
            out[j] = out[j] + (a0[j] * b0[j] + a1[j] * b1[j]);
        }
    }

    private static void addProducts1(float[] out, float[] a, float[] b) {
        for (int j = 0; j < a.length; j++) {
            out[j] = out[j] + a[j] * b[j];
        }
    }

    /** The sum of the first values, in eight chains that the processor can overlap. */
    static float sum(float[] values, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int j = 0;
        for (; j <= length - 8; j += 8) {
            s0 += values[j];
            s1 += values[j + 1];
            s2 += values[j + 2];
            s3 += values[j + 3];
            s4 += values[j + 4];
            s5 += values[j + 5];
            s6 += values[j + 6];
            s7 += values[j + 7];
        }
        float sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; j < length; j++) {
            sum += values[j];
        }
        return sum;
    }

    @Override
    public void add(float[] out, float[] in) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + in[j];
        }
    }

    @Override
    public void descend(float[] w, float[] g, float[] v, float rate, float momentum, float decay) {
        for (int j = 0; j < w.length; j++) {
            g[j] = g[j] + decay * w[j];
        }
        if (v != g) {
            for (int j = 0; j < w.length; j++) {
                v[j] = momentum * v[j] + g[j];
            }
        }
        for (int j = 0; j < w.length; j++) {
            w[j] = w[j] - rate * v[j];
        }
    }

    @Override
    public void adam(float[] w, float[] g, float[] m, float[] v, AdamStep step) {
        float beta2 = step.beta2();
        float forget1 = step.forget1();
        float forget2 = step.forget2();
        float decay = step.decay();
        float keep = step.keep();
        for (int j = 0; j < w.length; j++) {
            float gradient = g[j] + decay * w[j];
            m[j] = m[j] + forget1 * (gradient - m[j]);
            v[j] = beta2 * v[j] + forget2 * gradient * gradient;
        }
        float rate = step.rate();
        float varianceScale = step.varianceScale();
        float epsilon = step.epsilon();
        for (int j = 0; j < w.length; j++) {
            w[j] = keep * w[j] - rate * m[j] / ((float) Math.sqrt(v[j]) * varianceScale + epsilon);
        }
    }
}
