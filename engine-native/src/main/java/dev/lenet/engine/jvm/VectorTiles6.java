package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of {@link VectorProduct} with six rows, for the six filters of LeNet-5's first convolution and whatever else leaves
 * two rows when it is cut into fours.
 *
 * <p>Written by {@code VectorTileSource}, among the tests: change that, and see its test for how to write this anew.
 */
final class VectorTiles6 {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;

    private VectorTiles6() {}

    static void tile6x4(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] o1 = out[r + 1];
        float[] o2 = out[r + 2];
        float[] o3 = out[r + 3];
        float[] o4 = out[r + 4];
        float[] o5 = out[r + 5];
        float[] c0 = coefficients[r];
        float[] c1 = coefficients[r + 1];
        float[] c2 = coefficients[r + 2];
        float[] c3 = coefficients[r + 3];
        float[] c4 = coefficients[r + 4];
        float[] c5 = coefficients[r + 5];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s01 = FloatVector.fromArray(SPECIES, o0, j + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, o0, j + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, o0, j + 3 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        FloatVector s11 = FloatVector.fromArray(SPECIES, o1, j + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, o1, j + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, o1, j + 3 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, o2, j);
        FloatVector s21 = FloatVector.fromArray(SPECIES, o2, j + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, o2, j + 2 * LANES);
        FloatVector s23 = FloatVector.fromArray(SPECIES, o2, j + 3 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, o3, j);
        FloatVector s31 = FloatVector.fromArray(SPECIES, o3, j + LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, o3, j + 2 * LANES);
        FloatVector s33 = FloatVector.fromArray(SPECIES, o3, j + 3 * LANES);
        FloatVector s40 = FloatVector.fromArray(SPECIES, o4, j);
        FloatVector s41 = FloatVector.fromArray(SPECIES, o4, j + LANES);
        FloatVector s42 = FloatVector.fromArray(SPECIES, o4, j + 2 * LANES);
        FloatVector s43 = FloatVector.fromArray(SPECIES, o4, j + 3 * LANES);
        FloatVector s50 = FloatVector.fromArray(SPECIES, o5, j);
        FloatVector s51 = FloatVector.fromArray(SPECIES, o5, j + LANES);
        FloatVector s52 = FloatVector.fromArray(SPECIES, o5, j + 2 * LANES);
        FloatVector s53 = FloatVector.fromArray(SPECIES, o5, j + 3 * LANES);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            s01 = x1.fma(w0, s01);
            s02 = x2.fma(w0, s02);
            s03 = x3.fma(w0, s03);
            FloatVector w1 = FloatVector.broadcast(SPECIES, c1[t]);
            s10 = x0.fma(w1, s10);
            s11 = x1.fma(w1, s11);
            s12 = x2.fma(w1, s12);
            s13 = x3.fma(w1, s13);
            FloatVector w2 = FloatVector.broadcast(SPECIES, c2[t]);
            s20 = x0.fma(w2, s20);
            s21 = x1.fma(w2, s21);
            s22 = x2.fma(w2, s22);
            s23 = x3.fma(w2, s23);
            FloatVector w3 = FloatVector.broadcast(SPECIES, c3[t]);
            s30 = x0.fma(w3, s30);
            s31 = x1.fma(w3, s31);
            s32 = x2.fma(w3, s32);
            s33 = x3.fma(w3, s33);
            FloatVector w4 = FloatVector.broadcast(SPECIES, c4[t]);
            s40 = x0.fma(w4, s40);
            s41 = x1.fma(w4, s41);
            s42 = x2.fma(w4, s42);
            s43 = x3.fma(w4, s43);
            FloatVector w5 = FloatVector.broadcast(SPECIES, c5[t]);
            s50 = x0.fma(w5, s50);
            s51 = x1.fma(w5, s51);
            s52 = x2.fma(w5, s52);
            s53 = x3.fma(w5, s53);
        }
        s00.intoArray(o0, j);
        s01.intoArray(o0, j + LANES);
        s02.intoArray(o0, j + 2 * LANES);
        s03.intoArray(o0, j + 3 * LANES);
        s10.intoArray(o1, j);
        s11.intoArray(o1, j + LANES);
        s12.intoArray(o1, j + 2 * LANES);
        s13.intoArray(o1, j + 3 * LANES);
        s20.intoArray(o2, j);
        s21.intoArray(o2, j + LANES);
        s22.intoArray(o2, j + 2 * LANES);
        s23.intoArray(o2, j + 3 * LANES);
        s30.intoArray(o3, j);
        s31.intoArray(o3, j + LANES);
        s32.intoArray(o3, j + 2 * LANES);
        s33.intoArray(o3, j + 3 * LANES);
        s40.intoArray(o4, j);
        s41.intoArray(o4, j + LANES);
        s42.intoArray(o4, j + 2 * LANES);
        s43.intoArray(o4, j + 3 * LANES);
        s50.intoArray(o5, j);
        s51.intoArray(o5, j + LANES);
        s52.intoArray(o5, j + 2 * LANES);
        s53.intoArray(o5, j + 3 * LANES);
    }

    static void tile6x2(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] o1 = out[r + 1];
        float[] o2 = out[r + 2];
        float[] o3 = out[r + 3];
        float[] o4 = out[r + 4];
        float[] o5 = out[r + 5];
        float[] c0 = coefficients[r];
        float[] c1 = coefficients[r + 1];
        float[] c2 = coefficients[r + 2];
        float[] c3 = coefficients[r + 3];
        float[] c4 = coefficients[r + 4];
        float[] c5 = coefficients[r + 5];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s01 = FloatVector.fromArray(SPECIES, o0, j + LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        FloatVector s11 = FloatVector.fromArray(SPECIES, o1, j + LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, o2, j);
        FloatVector s21 = FloatVector.fromArray(SPECIES, o2, j + LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, o3, j);
        FloatVector s31 = FloatVector.fromArray(SPECIES, o3, j + LANES);
        FloatVector s40 = FloatVector.fromArray(SPECIES, o4, j);
        FloatVector s41 = FloatVector.fromArray(SPECIES, o4, j + LANES);
        FloatVector s50 = FloatVector.fromArray(SPECIES, o5, j);
        FloatVector s51 = FloatVector.fromArray(SPECIES, o5, j + LANES);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            s01 = x1.fma(w0, s01);
            FloatVector w1 = FloatVector.broadcast(SPECIES, c1[t]);
            s10 = x0.fma(w1, s10);
            s11 = x1.fma(w1, s11);
            FloatVector w2 = FloatVector.broadcast(SPECIES, c2[t]);
            s20 = x0.fma(w2, s20);
            s21 = x1.fma(w2, s21);
            FloatVector w3 = FloatVector.broadcast(SPECIES, c3[t]);
            s30 = x0.fma(w3, s30);
            s31 = x1.fma(w3, s31);
            FloatVector w4 = FloatVector.broadcast(SPECIES, c4[t]);
            s40 = x0.fma(w4, s40);
            s41 = x1.fma(w4, s41);
            FloatVector w5 = FloatVector.broadcast(SPECIES, c5[t]);
            s50 = x0.fma(w5, s50);
            s51 = x1.fma(w5, s51);
        }
        s00.intoArray(o0, j);
        s01.intoArray(o0, j + LANES);
        s10.intoArray(o1, j);
        s11.intoArray(o1, j + LANES);
        s20.intoArray(o2, j);
        s21.intoArray(o2, j + LANES);
        s30.intoArray(o3, j);
        s31.intoArray(o3, j + LANES);
        s40.intoArray(o4, j);
        s41.intoArray(o4, j + LANES);
        s50.intoArray(o5, j);
        s51.intoArray(o5, j + LANES);
    }

    static void tile6x1(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] o1 = out[r + 1];
        float[] o2 = out[r + 2];
        float[] o3 = out[r + 3];
        float[] o4 = out[r + 4];
        float[] o5 = out[r + 5];
        float[] c0 = coefficients[r];
        float[] c1 = coefficients[r + 1];
        float[] c2 = coefficients[r + 2];
        float[] c3 = coefficients[r + 3];
        float[] c4 = coefficients[r + 4];
        float[] c5 = coefficients[r + 5];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        FloatVector s20 = FloatVector.fromArray(SPECIES, o2, j);
        FloatVector s30 = FloatVector.fromArray(SPECIES, o3, j);
        FloatVector s40 = FloatVector.fromArray(SPECIES, o4, j);
        FloatVector s50 = FloatVector.fromArray(SPECIES, o5, j);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            FloatVector w1 = FloatVector.broadcast(SPECIES, c1[t]);
            s10 = x0.fma(w1, s10);
            FloatVector w2 = FloatVector.broadcast(SPECIES, c2[t]);
            s20 = x0.fma(w2, s20);
            FloatVector w3 = FloatVector.broadcast(SPECIES, c3[t]);
            s30 = x0.fma(w3, s30);
            FloatVector w4 = FloatVector.broadcast(SPECIES, c4[t]);
            s40 = x0.fma(w4, s40);
            FloatVector w5 = FloatVector.broadcast(SPECIES, c5[t]);
            s50 = x0.fma(w5, s50);
        }
        s00.intoArray(o0, j);
        s10.intoArray(o1, j);
        s20.intoArray(o2, j);
        s30.intoArray(o3, j);
        s40.intoArray(o4, j);
        s50.intoArray(o5, j);
    }
}
