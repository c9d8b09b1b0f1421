package dev.lenet.benchmarks;

import java.util.Arrays;
import java.util.Random;

/**
 * Why the native engine keeps every row in an array of its own: the multiplications of LeNet-5's second convolution for
 * sixteen interleaved images, as loops of different shapes on one thread.
 *
 * <p>Run it with {@code java benchmarks/src/main/java/dev/lenet/benchmarks/RowLoops.java}. Each figure is the fastest of
 * forty rounds.
 */
final class RowLoops {
    private static final int LANES = 16;
    private static final int CHANNELS = 6;
    private static final int FILTERS = 16;
    private static final int K = 5;
    private static final int SIDE = 14;
    private static final int OUT = 10;
    private static final int ROW = OUT * LANES;
    private static final int TAPS = CHANNELS * K * K;

    private static final Random RANDOM = new Random(1);
    private static final float[] FLAT = random(CHANNELS * SIDE * SIDE * LANES);
    private static final float[] FLAT_OUT = new float[FILTERS * OUT * ROW];
    private static final float[][] SHIFTED = rows(CHANNELS * SIDE * K);
    private static final float[][] CONVOLVED = rows(FILTERS * OUT);
    private static final float[][] WEIGHT = new float[FILTERS][];
    private static final float[][] GRADIENT = new float[FILTERS][TAPS];
    private static final float[] SCRATCH = new float[ROW];

    public static void main(String[] arguments) {
        Arrays.setAll(WEIGHT, f -> random(TAPS));
        System.out.println(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        time("forward: rows of one array at offsets, 5 taps at a time", RowLoops::offsets);
        time("forward: separate rows, 4 terms at a time", () -> separate(false));
        time("forward: the same with Math.fma", () -> separate(true));
        time("weight gradient: dot products in eight chains", RowLoops::dots);
        time("weight gradient: products added row by row, then summed", RowLoops::rowByRow);
    }

    private static void time(String what, Runnable loop) {
        double fastest = Double.MAX_VALUE;
        for (int round = 0; round < 40; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                loop.run();
            }
            fastest = Math.min(fastest, (System.nanoTime() - start) / 20.0);
        }
        System.out.printf("%5.1f GFLOP/s  %s%n", 2.0 * FILTERS * TAPS * OUT * ROW / fastest, what);
    }

    private static void offsets() {
        for (int f = 0; f < FILTERS; f++) {
            for (int i = 0; i < OUT; i++) {
                for (int c = 0; c < CHANNELS; c++) {
                    for (int u = 0; u < K; u++) {
                        taps5(
                                FLAT_OUT,
                                (f * OUT + i) * ROW,
                                FLAT,
                                (c * SIDE + i + u) * SIDE * LANES,
                                WEIGHT[f],
                                (c * K + u) * K);
                    }
                }
            }
        }
    }

    private static void taps5(float[] out, int o, float[] in, int x, float[] w, int t) {
        float w0 = w[t];
        float w1 = w[t + 1];
        float w2 = w[t + 2];
        float w3 = w[t + 3];
        float w4 = w[t + 4];
        for (int j = 0; j < ROW; j++) {
            out[o + j] = out[o + j]
                    + w0 * in[x + j]
                    + w1 * in[x + j + LANES]
                    + w2 * in[x + j + 2 * LANES]
                    + w3 * in[x + j + 3 * LANES]
                    + w4 * in[x + j + 4 * LANES];
        }
    }

    private static void separate(boolean fused) {
        float[][] taps = new float[TAPS][];
        for (int i = 0; i < OUT; i++) {
            for (int t = 0; t < TAPS; t++) {
                taps[t] = shifted(t, i);
            }
            for (int t = 0; t + 3 < TAPS; t += 4) {
                for (int f = 0; f < FILTERS; f++) {
                    float[] w = WEIGHT[f];
                    float[] out = CONVOLVED[f * OUT + i];
                    if (fused) {
                        fused4(out, w[t], taps[t], w[t + 1], taps[t + 1], w[t + 2], taps[t + 2], w[t + 3], taps[t + 3]);
                    } else {
                        plain4(out, w[t], taps[t], w[t + 1], taps[t + 1], w[t + 2], taps[t + 2], w[t + 3], taps[t + 3]);
                    }
                }
            }
        }
    }

    private static float[] shifted(int tap, int i) {
        int c = tap / (K * K);
        int u = tap / K % K;
        return SHIFTED[(c * SIDE + i + u) * K + tap % K];
    }

    private static void plain4(
            float[] out, float c0, float[] a0, float c1, float[] a1, float c2, float[] a2, float c3, float[] a3) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + ((c0 * a0[j] + c1 * a1[j]) + (c2 * a2[j] + c3 * a3[j]));
        }
    }

    private static void fused4(
            float[] out, float c0, float[] a0, float c1, float[] a1, float c2, float[] a2, float c3, float[] a3) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(c3, a3[j], Math.fma(c2, a2[j], Math.fma(c1, a1[j], Math.fma(c0, a0[j], out[j]))));
        }
    }

    private static void dots() {
        for (int t = 0; t < TAPS; t++) {
            for (int f = 0; f < FILTERS; f++) {
                float sum = 0;
                for (int i = 0; i < OUT; i++) {
                    sum += dot(CONVOLVED[f * OUT + i], shifted(t, i));
                }
                GRADIENT[f][t] = sum;
            }
        }
    }

    private static float dot(float[] a, float[] b) {
        float[] s = new float[8];
        for (int j = 0; j < a.length; j += 8) {
            for (int chain = 0; chain < 8; chain++) {
                s[chain] += a[j + chain] * b[j + chain];
            }
        }
        return s[0] + s[1] + s[2] + s[3] + s[4] + s[5] + s[6] + s[7];
    }

    private static void rowByRow() {
        for (int t = 0; t < TAPS; t++) {
            for (int f = 0; f < FILTERS; f++) {
                Arrays.fill(SCRATCH, 0);
                for (int i = 0; i < OUT; i += 2) {
                    addProducts(
                            SCRATCH,
                            CONVOLVED[f * OUT + i],
                            shifted(t, i),
                            CONVOLVED[f * OUT + i + 1],
                            shifted(t, i + 1));
                }
                float[] s = new float[8];
                for (int j = 0; j < ROW; j += 8) {
                    for (int chain = 0; chain < 8; chain++) {
                        s[chain] += SCRATCH[j + chain];
                    }
                }
                GRADIENT[f][t] = s[0] + s[1] + s[2] + s[3] + s[4] + s[5] + s[6] + s[7];
            }
        }
    }

    private static void addProducts(float[] out, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int j = 0; j < out.length; j++) {
            out[j] = out[j] + (a0[j] * b0[j] + a1[j] * b1[j]);
        }
    }

    private static float[][] rows(int count) {
        float[][] rows = new float[count][];
        Arrays.setAll(rows, r -> random(ROW));
        return rows;
    }

    private static float[] random(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = RANDOM.nextFloat() - 0.5f;
        }
        return values;
    }
}
