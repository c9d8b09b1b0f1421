package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The one to three rows of {@link VectorProduct} that are left when all fours are done. */
final class VectorTiles2 {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;

    private VectorTiles2() {}

    /** Adds {@code coefficients * in} to two rows. */
    static void rows2(float[] o0, float[] o1, float[] c0, float[] c1, float[][] in, int[] offsets) {
        int length = o0.length;
        int j = 0;
        for (; j <= length - 7 * LANES; j += 7 * LANES) {
            tile2x7(o0, o1, c0, c1, in, offsets, j);
        }
        for (; j <= length - LANES; j += LANES) {
            tile2x1(o0, o1, c0, c1, in, offsets, j);
        }
        VectorProduct.rest(o0, c0, in, offsets, j);
        VectorProduct.rest(o1, c1, in, offsets, j);
    }

    /** Adds {@code coefficients * in} to one row. */
    static void rows1(float[] o0, float[] c0, float[][] in, int[] offsets) {
        int length = o0.length;
        int j = 0;
        for (; j <= length - LANES; j += LANES) {
            tile1x1(o0, c0, in, offsets, j);
        }
        VectorProduct.rest(o0, c0, in, offsets, j);
    }

    private static void tile2x7(float[] o0, float[] o1, float[] c0, float[] c1, float[][] in, int[] offsets, int j) {
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
        for (int t = 0; t < in.length; t++) {
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

    private static void tile2x1(float[] o0, float[] o1, float[] c0, float[] c1, float[][] in, int[] offsets, int j) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        FloatVector s10 = FloatVector.fromArray(SPECIES, o1, j);
        for (int t = 0; t < in.length; t++) {
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

    private static void tile1x1(float[] o0, float[] c0, float[][] in, int[] offsets, int j) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, o0, j);
        for (int t = 0; t < in.length; t++) {
            float[] x = in[t];
            int at = j + offsets[t];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector w0 = FloatVector.broadcast(SPECIES, c0[t]);
            s00 = x0.fma(w0, s00);
        }
        s00.intoArray(o0, j);
    }
}
