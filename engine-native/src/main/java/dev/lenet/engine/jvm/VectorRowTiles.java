package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of {@link VectorRowProducts}: rows by five taps.
 *
 * <p>Written by {@code VectorTileSource}, among the tests: change that, and see its test for how to write this anew.
 */
final class VectorRowTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int BLOCK = Activation.LANES;

    private VectorRowTiles() {}

    static void tile4x5(float[][] sums, int r, float[][] out, float[][] in, int[] offsets, int t, int lane) {
        float[] y0 = out[r];
        float[] y1 = out[r + 1];
        float[] y2 = out[r + 2];
        float[] y3 = out[r + 3];
        float[] x0 = in[t];
        float[] x1 = in[t + 1];
        float[] x2 = in[t + 2];
        float[] x3 = in[t + 3];
        float[] x4 = in[t + 4];
        int o0 = offsets[t];
        int o1 = offsets[t + 1];
        int o2 = offsets[t + 2];
        int o3 = offsets[t + 3];
        int o4 = offsets[t + 4];
        int at = t * BLOCK + lane;
        float[] p0 = sums[r];
        float[] p1 = sums[r + 1];
        float[] p2 = sums[r + 2];
        float[] p3 = sums[r + 3];
        FloatVector s00 = FloatVector.fromArray(SPECIES, p0, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, p0, at + BLOCK);
        FloatVector s02 = FloatVector.fromArray(SPECIES, p0, at + 2 * BLOCK);
        FloatVector s03 = FloatVector.fromArray(SPECIES, p0, at + 3 * BLOCK);
        FloatVector s04 = FloatVector.fromArray(SPECIES, p0, at + 4 * BLOCK);
        FloatVector s10 = FloatVector.fromArray(SPECIES, p1, at);
        FloatVector s11 = FloatVector.fromArray(SPECIES, p1, at + BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, p1, at + 2 * BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, p1, at + 3 * BLOCK);
        FloatVector s14 = FloatVector.fromArray(SPECIES, p1, at + 4 * BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, p2, at);
        FloatVector s21 = FloatVector.fromArray(SPECIES, p2, at + BLOCK);
        FloatVector s22 = FloatVector.fromArray(SPECIES, p2, at + 2 * BLOCK);
        FloatVector s23 = FloatVector.fromArray(SPECIES, p2, at + 3 * BLOCK);
        FloatVector s24 = FloatVector.fromArray(SPECIES, p2, at + 4 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, p3, at);
        FloatVector s31 = FloatVector.fromArray(SPECIES, p3, at + BLOCK);
        FloatVector s32 = FloatVector.fromArray(SPECIES, p3, at + 2 * BLOCK);
        FloatVector s33 = FloatVector.fromArray(SPECIES, p3, at + 3 * BLOCK);
        FloatVector s34 = FloatVector.fromArray(SPECIES, p3, at + 4 * BLOCK);
        for (int j = lane; j < y0.length; j += BLOCK) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, y0, j);
            FloatVector d1 = FloatVector.fromArray(SPECIES, y1, j);
            FloatVector d2 = FloatVector.fromArray(SPECIES, y2, j);
            FloatVector d3 = FloatVector.fromArray(SPECIES, y3, j);
            FloatVector a0 = FloatVector.fromArray(SPECIES, x0, o0 + j);
            s00 = a0.fma(d0, s00);
            s10 = a0.fma(d1, s10);
            s20 = a0.fma(d2, s20);
            s30 = a0.fma(d3, s30);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x1, o1 + j);
            s01 = a1.fma(d0, s01);
            s11 = a1.fma(d1, s11);
            s21 = a1.fma(d2, s21);
            s31 = a1.fma(d3, s31);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x2, o2 + j);
            s02 = a2.fma(d0, s02);
            s12 = a2.fma(d1, s12);
            s22 = a2.fma(d2, s22);
            s32 = a2.fma(d3, s32);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x3, o3 + j);
            s03 = a3.fma(d0, s03);
            s13 = a3.fma(d1, s13);
            s23 = a3.fma(d2, s23);
            s33 = a3.fma(d3, s33);
            FloatVector a4 = FloatVector.fromArray(SPECIES, x4, o4 + j);
            s04 = a4.fma(d0, s04);
            s14 = a4.fma(d1, s14);
            s24 = a4.fma(d2, s24);
            s34 = a4.fma(d3, s34);
        }
        s00.intoArray(p0, at);
        s01.intoArray(p0, at + BLOCK);
        s02.intoArray(p0, at + 2 * BLOCK);
        s03.intoArray(p0, at + 3 * BLOCK);
        s04.intoArray(p0, at + 4 * BLOCK);
        s10.intoArray(p1, at);
        s11.intoArray(p1, at + BLOCK);
        s12.intoArray(p1, at + 2 * BLOCK);
        s13.intoArray(p1, at + 3 * BLOCK);
        s14.intoArray(p1, at + 4 * BLOCK);
        s20.intoArray(p2, at);
        s21.intoArray(p2, at + BLOCK);
        s22.intoArray(p2, at + 2 * BLOCK);
        s23.intoArray(p2, at + 3 * BLOCK);
        s24.intoArray(p2, at + 4 * BLOCK);
        s30.intoArray(p3, at);
        s31.intoArray(p3, at + BLOCK);
        s32.intoArray(p3, at + 2 * BLOCK);
        s33.intoArray(p3, at + 3 * BLOCK);
        s34.intoArray(p3, at + 4 * BLOCK);
    }

    static void tile3x5(float[][] sums, int r, float[][] out, float[][] in, int[] offsets, int t, int lane) {
        float[] y0 = out[r];
        float[] y1 = out[r + 1];
        float[] y2 = out[r + 2];
        float[] x0 = in[t];
        float[] x1 = in[t + 1];
        float[] x2 = in[t + 2];
        float[] x3 = in[t + 3];
        float[] x4 = in[t + 4];
        int o0 = offsets[t];
        int o1 = offsets[t + 1];
        int o2 = offsets[t + 2];
        int o3 = offsets[t + 3];
        int o4 = offsets[t + 4];
        int at = t * BLOCK + lane;
        float[] p0 = sums[r];
        float[] p1 = sums[r + 1];
        float[] p2 = sums[r + 2];
        FloatVector s00 = FloatVector.fromArray(SPECIES, p0, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, p0, at + BLOCK);
        FloatVector s02 = FloatVector.fromArray(SPECIES, p0, at + 2 * BLOCK);
        FloatVector s03 = FloatVector.fromArray(SPECIES, p0, at + 3 * BLOCK);
        FloatVector s04 = FloatVector.fromArray(SPECIES, p0, at + 4 * BLOCK);
        FloatVector s10 = FloatVector.fromArray(SPECIES, p1, at);
        FloatVector s11 = FloatVector.fromArray(SPECIES, p1, at + BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, p1, at + 2 * BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, p1, at + 3 * BLOCK);
        FloatVector s14 = FloatVector.fromArray(SPECIES, p1, at + 4 * BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, p2, at);
        FloatVector s21 = FloatVector.fromArray(SPECIES, p2, at + BLOCK);
        FloatVector s22 = FloatVector.fromArray(SPECIES, p2, at + 2 * BLOCK);
        FloatVector s23 = FloatVector.fromArray(SPECIES, p2, at + 3 * BLOCK);
        FloatVector s24 = FloatVector.fromArray(SPECIES, p2, at + 4 * BLOCK);
        for (int j = lane; j < y0.length; j += BLOCK) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, y0, j);
            FloatVector d1 = FloatVector.fromArray(SPECIES, y1, j);
            FloatVector d2 = FloatVector.fromArray(SPECIES, y2, j);
            FloatVector a0 = FloatVector.fromArray(SPECIES, x0, o0 + j);
            s00 = a0.fma(d0, s00);
            s10 = a0.fma(d1, s10);
            s20 = a0.fma(d2, s20);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x1, o1 + j);
            s01 = a1.fma(d0, s01);
            s11 = a1.fma(d1, s11);
            s21 = a1.fma(d2, s21);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x2, o2 + j);
            s02 = a2.fma(d0, s02);
            s12 = a2.fma(d1, s12);
            s22 = a2.fma(d2, s22);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x3, o3 + j);
            s03 = a3.fma(d0, s03);
            s13 = a3.fma(d1, s13);
            s23 = a3.fma(d2, s23);
            FloatVector a4 = FloatVector.fromArray(SPECIES, x4, o4 + j);
            s04 = a4.fma(d0, s04);
            s14 = a4.fma(d1, s14);
            s24 = a4.fma(d2, s24);
        }
        s00.intoArray(p0, at);
        s01.intoArray(p0, at + BLOCK);
        s02.intoArray(p0, at + 2 * BLOCK);
        s03.intoArray(p0, at + 3 * BLOCK);
        s04.intoArray(p0, at + 4 * BLOCK);
        s10.intoArray(p1, at);
        s11.intoArray(p1, at + BLOCK);
        s12.intoArray(p1, at + 2 * BLOCK);
        s13.intoArray(p1, at + 3 * BLOCK);
        s14.intoArray(p1, at + 4 * BLOCK);
        s20.intoArray(p2, at);
        s21.intoArray(p2, at + BLOCK);
        s22.intoArray(p2, at + 2 * BLOCK);
        s23.intoArray(p2, at + 3 * BLOCK);
        s24.intoArray(p2, at + 4 * BLOCK);
    }

    static void tile2x5(float[][] sums, int r, float[][] out, float[][] in, int[] offsets, int t, int lane) {
        float[] y0 = out[r];
        float[] y1 = out[r + 1];
        float[] x0 = in[t];
        float[] x1 = in[t + 1];
        float[] x2 = in[t + 2];
        float[] x3 = in[t + 3];
        float[] x4 = in[t + 4];
        int o0 = offsets[t];
        int o1 = offsets[t + 1];
        int o2 = offsets[t + 2];
        int o3 = offsets[t + 3];
        int o4 = offsets[t + 4];
        int at = t * BLOCK + lane;
        float[] p0 = sums[r];
        float[] p1 = sums[r + 1];
        FloatVector s00 = FloatVector.fromArray(SPECIES, p0, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, p0, at + BLOCK);
        FloatVector s02 = FloatVector.fromArray(SPECIES, p0, at + 2 * BLOCK);
        FloatVector s03 = FloatVector.fromArray(SPECIES, p0, at + 3 * BLOCK);
        FloatVector s04 = FloatVector.fromArray(SPECIES, p0, at + 4 * BLOCK);
        FloatVector s10 = FloatVector.fromArray(SPECIES, p1, at);
        FloatVector s11 = FloatVector.fromArray(SPECIES, p1, at + BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, p1, at + 2 * BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, p1, at + 3 * BLOCK);
        FloatVector s14 = FloatVector.fromArray(SPECIES, p1, at + 4 * BLOCK);
        for (int j = lane; j < y0.length; j += BLOCK) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, y0, j);
            FloatVector d1 = FloatVector.fromArray(SPECIES, y1, j);
            FloatVector a0 = FloatVector.fromArray(SPECIES, x0, o0 + j);
            s00 = a0.fma(d0, s00);
            s10 = a0.fma(d1, s10);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x1, o1 + j);
            s01 = a1.fma(d0, s01);
            s11 = a1.fma(d1, s11);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x2, o2 + j);
            s02 = a2.fma(d0, s02);
            s12 = a2.fma(d1, s12);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x3, o3 + j);
            s03 = a3.fma(d0, s03);
            s13 = a3.fma(d1, s13);
            FloatVector a4 = FloatVector.fromArray(SPECIES, x4, o4 + j);
            s04 = a4.fma(d0, s04);
            s14 = a4.fma(d1, s14);
        }
        s00.intoArray(p0, at);
        s01.intoArray(p0, at + BLOCK);
        s02.intoArray(p0, at + 2 * BLOCK);
        s03.intoArray(p0, at + 3 * BLOCK);
        s04.intoArray(p0, at + 4 * BLOCK);
        s10.intoArray(p1, at);
        s11.intoArray(p1, at + BLOCK);
        s12.intoArray(p1, at + 2 * BLOCK);
        s13.intoArray(p1, at + 3 * BLOCK);
        s14.intoArray(p1, at + 4 * BLOCK);
    }

    static void tile1x5(float[][] sums, int r, float[][] out, float[][] in, int[] offsets, int t, int lane) {
        float[] y0 = out[r];
        float[] x0 = in[t];
        float[] x1 = in[t + 1];
        float[] x2 = in[t + 2];
        float[] x3 = in[t + 3];
        float[] x4 = in[t + 4];
        int o0 = offsets[t];
        int o1 = offsets[t + 1];
        int o2 = offsets[t + 2];
        int o3 = offsets[t + 3];
        int o4 = offsets[t + 4];
        int at = t * BLOCK + lane;
        float[] p0 = sums[r];
        FloatVector s00 = FloatVector.fromArray(SPECIES, p0, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, p0, at + BLOCK);
        FloatVector s02 = FloatVector.fromArray(SPECIES, p0, at + 2 * BLOCK);
        FloatVector s03 = FloatVector.fromArray(SPECIES, p0, at + 3 * BLOCK);
        FloatVector s04 = FloatVector.fromArray(SPECIES, p0, at + 4 * BLOCK);
        for (int j = lane; j < y0.length; j += BLOCK) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, y0, j);
            FloatVector a0 = FloatVector.fromArray(SPECIES, x0, o0 + j);
            s00 = a0.fma(d0, s00);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x1, o1 + j);
            s01 = a1.fma(d0, s01);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x2, o2 + j);
            s02 = a2.fma(d0, s02);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x3, o3 + j);
            s03 = a3.fma(d0, s03);
            FloatVector a4 = FloatVector.fromArray(SPECIES, x4, o4 + j);
            s04 = a4.fma(d0, s04);
        }
        s00.intoArray(p0, at);
        s01.intoArray(p0, at + BLOCK);
        s02.intoArray(p0, at + 2 * BLOCK);
        s03.intoArray(p0, at + 3 * BLOCK);
        s04.intoArray(p0, at + 4 * BLOCK);
    }
}
