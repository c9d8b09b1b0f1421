package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of {@link VectorProduct} with two rows and with one, for what is left of the others.
 *
 * <p>Written by {@code VectorTileSource}, among the tests: change that, and see its test for how to write this anew.
 */
final class VectorTiles2 {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;

    private VectorTiles2() {}

    static void tile2x7(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] o1 = out[r + 1];
        float[] c0 = coefficients[r];
        float[] c1 = coefficients[r + 1];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s01 = FloatVector.fromArray(SPECIES, o0, j + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, o0, j + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, o0, j + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, o0, j + 4 * LANES);
        FloatVector s05 = FloatVector.fromArray(SPECIES, o0, j + 5 * LANES);
        FloatVector s06 = FloatVector.fromArray(SPECIES, o0, j + 6 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        FloatVector s11 = FloatVector.fromArray(SPECIES, o1, j + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, o1, j + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, o1, j + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, o1, j + 4 * LANES);
        FloatVector s15 = FloatVector.fromArray(SPECIES, o1, j + 5 * LANES);
        FloatVector s16 = FloatVector.fromArray(SPECIES, o1, j + 6 * LANES);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
            FloatVector x4 = FloatVector.fromArray(SPECIES, x, at + 4 * LANES);
            FloatVector x5 = FloatVector.fromArray(SPECIES, x, at + 5 * LANES);
            FloatVector x6 = FloatVector.fromArray(SPECIES, x, at + 6 * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            s01 = x1.fma(w0, s01);
            s02 = x2.fma(w0, s02);
            s03 = x3.fma(w0, s03);
            s04 = x4.fma(w0, s04);
            s05 = x5.fma(w0, s05);
            s06 = x6.fma(w0, s06);
            FloatVector w1 = FloatVector.broadcast(SPECIES, c1[t]);
            s10 = x0.fma(w1, s10);
            s11 = x1.fma(w1, s11);
            s12 = x2.fma(w1, s12);
            s13 = x3.fma(w1, s13);
            s14 = x4.fma(w1, s14);
            s15 = x5.fma(w1, s15);
            s16 = x6.fma(w1, s16);
        }
        s00.intoArray(o0, j);
        s01.intoArray(o0, j + LANES);
        s02.intoArray(o0, j + 2 * LANES);
        s03.intoArray(o0, j + 3 * LANES);
        s04.intoArray(o0, j + 4 * LANES);
        s05.intoArray(o0, j + 5 * LANES);
        s06.intoArray(o0, j + 6 * LANES);
        s10.intoArray(o1, j);
        s11.intoArray(o1, j + LANES);
        s12.intoArray(o1, j + 2 * LANES);
        s13.intoArray(o1, j + 3 * LANES);
        s14.intoArray(o1, j + 4 * LANES);
        s15.intoArray(o1, j + 5 * LANES);
        s16.intoArray(o1, j + 6 * LANES);
    }

    static void tile2x1(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] o1 = out[r + 1];
        float[] c0 = coefficients[r];
        float[] c1 = coefficients[r + 1];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            FloatVector w1 = FloatVector.broadcast(SPECIES, c1[t]);
            s10 = x0.fma(w1, s10);
        }
        s00.intoArray(o0, j);
        s10.intoArray(o1, j);
    }

    static void tile1x8(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] c0 = coefficients[r];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s01 = FloatVector.fromArray(SPECIES, o0, j + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, o0, j + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, o0, j + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, o0, j + 4 * LANES);
        FloatVector s05 = FloatVector.fromArray(SPECIES, o0, j + 5 * LANES);
        FloatVector s06 = FloatVector.fromArray(SPECIES, o0, j + 6 * LANES);
        FloatVector s07 = FloatVector.fromArray(SPECIES, o0, j + 7 * LANES);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
            FloatVector x4 = FloatVector.fromArray(SPECIES, x, at + 4 * LANES);
            FloatVector x5 = FloatVector.fromArray(SPECIES, x, at + 5 * LANES);
            FloatVector x6 = FloatVector.fromArray(SPECIES, x, at + 6 * LANES);
            FloatVector x7 = FloatVector.fromArray(SPECIES, x, at + 7 * LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
            s01 = x1.fma(w0, s01);
            s02 = x2.fma(w0, s02);
            s03 = x3.fma(w0, s03);
            s04 = x4.fma(w0, s04);
            s05 = x5.fma(w0, s05);
            s06 = x6.fma(w0, s06);
            s07 = x7.fma(w0, s07);
        }
        s00.intoArray(o0, j);
        s01.intoArray(o0, j + LANES);
        s02.intoArray(o0, j + 2 * LANES);
        s03.intoArray(o0, j + 3 * LANES);
        s04.intoArray(o0, j + 4 * LANES);
        s05.intoArray(o0, j + 5 * LANES);
        s06.intoArray(o0, j + 6 * LANES);
        s07.intoArray(o0, j + 7 * LANES);
    }

    static void tile1x1(
            float[][] out, float[][] coefficients, int r, float[][] in, int[] offsets, int j, int from, int to) {
        float[] o0 = out[r];
        float[] c0 = coefficients[r];
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        for (int t = from; t < to; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
        }
        s00.intoArray(o0, j);
    }
}
