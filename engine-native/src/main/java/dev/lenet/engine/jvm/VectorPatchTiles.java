package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A patch of {@link VectorPatches} in ten registers, in five, and in one.
 *
 * <p>Written by {@code VectorTileSource}, among the tests: change that, and see its test for how to write this anew.
 */
final class VectorPatchTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;

    private VectorPatchTiles() {}

    static void add10(float[] sum, int at, float[] values, int[] places, int count, float[] image, Patches patches) {
        int o0 = patches.offset(at);
        int o1 = patches.offset(at + LANES);
        int o2 = patches.offset(at + 2 * LANES);
        int o3 = patches.offset(at + 3 * LANES);
        int o4 = patches.offset(at + 4 * LANES);
        int o5 = patches.offset(at + 5 * LANES);
        int o6 = patches.offset(at + 6 * LANES);
        int o7 = patches.offset(at + 7 * LANES);
        int o8 = patches.offset(at + 8 * LANES);
        int o9 = patches.offset(at + 9 * LANES);
        FloatVector s0 = FloatVector.fromArray(SPECIES, sum, at);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sum, at + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sum, at + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sum, at + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sum, at + 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(SPECIES, sum, at + 5 * LANES);
        FloatVector s6 = FloatVector.fromArray(SPECIES, sum, at + 6 * LANES);
        FloatVector s7 = FloatVector.fromArray(SPECIES, sum, at + 7 * LANES);
        FloatVector s8 = FloatVector.fromArray(SPECIES, sum, at + 8 * LANES);
        FloatVector s9 = FloatVector.fromArray(SPECIES, sum, at + 9 * LANES);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            s0 = FloatVector.fromArray(SPECIES, image, place + o0).fma(value, s0);
            s1 = FloatVector.fromArray(SPECIES, image, place + o1).fma(value, s1);
            s2 = FloatVector.fromArray(SPECIES, image, place + o2).fma(value, s2);
            s3 = FloatVector.fromArray(SPECIES, image, place + o3).fma(value, s3);
            s4 = FloatVector.fromArray(SPECIES, image, place + o4).fma(value, s4);
            s5 = FloatVector.fromArray(SPECIES, image, place + o5).fma(value, s5);
            s6 = FloatVector.fromArray(SPECIES, image, place + o6).fma(value, s6);
            s7 = FloatVector.fromArray(SPECIES, image, place + o7).fma(value, s7);
            s8 = FloatVector.fromArray(SPECIES, image, place + o8).fma(value, s8);
            s9 = FloatVector.fromArray(SPECIES, image, place + o9).fma(value, s9);
        }
        s0.intoArray(sum, at);
        s1.intoArray(sum, at + LANES);
        s2.intoArray(sum, at + 2 * LANES);
        s3.intoArray(sum, at + 3 * LANES);
        s4.intoArray(sum, at + 4 * LANES);
        s5.intoArray(sum, at + 5 * LANES);
        s6.intoArray(sum, at + 6 * LANES);
        s7.intoArray(sum, at + 7 * LANES);
        s8.intoArray(sum, at + 8 * LANES);
        s9.intoArray(sum, at + 9 * LANES);
    }

    static void add5(float[] sum, int at, float[] values, int[] places, int count, float[] image, Patches patches) {
        int o0 = patches.offset(at);
        int o1 = patches.offset(at + LANES);
        int o2 = patches.offset(at + 2 * LANES);
        int o3 = patches.offset(at + 3 * LANES);
        int o4 = patches.offset(at + 4 * LANES);
        FloatVector s0 = FloatVector.fromArray(SPECIES, sum, at);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sum, at + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sum, at + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sum, at + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sum, at + 4 * LANES);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            s0 = FloatVector.fromArray(SPECIES, image, place + o0).fma(value, s0);
            s1 = FloatVector.fromArray(SPECIES, image, place + o1).fma(value, s1);
            s2 = FloatVector.fromArray(SPECIES, image, place + o2).fma(value, s2);
            s3 = FloatVector.fromArray(SPECIES, image, place + o3).fma(value, s3);
            s4 = FloatVector.fromArray(SPECIES, image, place + o4).fma(value, s4);
        }
        s0.intoArray(sum, at);
        s1.intoArray(sum, at + LANES);
        s2.intoArray(sum, at + 2 * LANES);
        s3.intoArray(sum, at + 3 * LANES);
        s4.intoArray(sum, at + 4 * LANES);
    }

    static void add1(float[] sum, int at, float[] values, int[] places, int count, float[] image, Patches patches) {
        int o0 = patches.offset(at);
        FloatVector s0 = FloatVector.fromArray(SPECIES, sum, at);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            s0 = FloatVector.fromArray(SPECIES, image, place + o0).fma(value, s0);
        }
        s0.intoArray(sum, at);
    }

    static void spread10(
            float[] image, int[] places, float[] values, int count, float[] patch, int at, Patches patches) {
        int o0 = patches.offset(at);
        int o1 = patches.offset(at + LANES);
        int o2 = patches.offset(at + 2 * LANES);
        int o3 = patches.offset(at + 3 * LANES);
        int o4 = patches.offset(at + 4 * LANES);
        int o5 = patches.offset(at + 5 * LANES);
        int o6 = patches.offset(at + 6 * LANES);
        int o7 = patches.offset(at + 7 * LANES);
        int o8 = patches.offset(at + 8 * LANES);
        int o9 = patches.offset(at + 9 * LANES);
        FloatVector w0 = FloatVector.fromArray(SPECIES, patch, at);
        FloatVector w1 = FloatVector.fromArray(SPECIES, patch, at + LANES);
        FloatVector w2 = FloatVector.fromArray(SPECIES, patch, at + 2 * LANES);
        FloatVector w3 = FloatVector.fromArray(SPECIES, patch, at + 3 * LANES);
        FloatVector w4 = FloatVector.fromArray(SPECIES, patch, at + 4 * LANES);
        FloatVector w5 = FloatVector.fromArray(SPECIES, patch, at + 5 * LANES);
        FloatVector w6 = FloatVector.fromArray(SPECIES, patch, at + 6 * LANES);
        FloatVector w7 = FloatVector.fromArray(SPECIES, patch, at + 7 * LANES);
        FloatVector w8 = FloatVector.fromArray(SPECIES, patch, at + 8 * LANES);
        FloatVector w9 = FloatVector.fromArray(SPECIES, patch, at + 9 * LANES);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            w0.fma(value, FloatVector.fromArray(SPECIES, image, place + o0)).intoArray(image, place + o0);
            w1.fma(value, FloatVector.fromArray(SPECIES, image, place + o1)).intoArray(image, place + o1);
            w2.fma(value, FloatVector.fromArray(SPECIES, image, place + o2)).intoArray(image, place + o2);
            w3.fma(value, FloatVector.fromArray(SPECIES, image, place + o3)).intoArray(image, place + o3);
            w4.fma(value, FloatVector.fromArray(SPECIES, image, place + o4)).intoArray(image, place + o4);
            w5.fma(value, FloatVector.fromArray(SPECIES, image, place + o5)).intoArray(image, place + o5);
            w6.fma(value, FloatVector.fromArray(SPECIES, image, place + o6)).intoArray(image, place + o6);
            w7.fma(value, FloatVector.fromArray(SPECIES, image, place + o7)).intoArray(image, place + o7);
            w8.fma(value, FloatVector.fromArray(SPECIES, image, place + o8)).intoArray(image, place + o8);
            w9.fma(value, FloatVector.fromArray(SPECIES, image, place + o9)).intoArray(image, place + o9);
        }
    }

    static void spread5(
            float[] image, int[] places, float[] values, int count, float[] patch, int at, Patches patches) {
        int o0 = patches.offset(at);
        int o1 = patches.offset(at + LANES);
        int o2 = patches.offset(at + 2 * LANES);
        int o3 = patches.offset(at + 3 * LANES);
        int o4 = patches.offset(at + 4 * LANES);
        FloatVector w0 = FloatVector.fromArray(SPECIES, patch, at);
        FloatVector w1 = FloatVector.fromArray(SPECIES, patch, at + LANES);
        FloatVector w2 = FloatVector.fromArray(SPECIES, patch, at + 2 * LANES);
        FloatVector w3 = FloatVector.fromArray(SPECIES, patch, at + 3 * LANES);
        FloatVector w4 = FloatVector.fromArray(SPECIES, patch, at + 4 * LANES);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            w0.fma(value, FloatVector.fromArray(SPECIES, image, place + o0)).intoArray(image, place + o0);
            w1.fma(value, FloatVector.fromArray(SPECIES, image, place + o1)).intoArray(image, place + o1);
            w2.fma(value, FloatVector.fromArray(SPECIES, image, place + o2)).intoArray(image, place + o2);
            w3.fma(value, FloatVector.fromArray(SPECIES, image, place + o3)).intoArray(image, place + o3);
            w4.fma(value, FloatVector.fromArray(SPECIES, image, place + o4)).intoArray(image, place + o4);
        }
    }

    static void spread1(
            float[] image, int[] places, float[] values, int count, float[] patch, int at, Patches patches) {
        int o0 = patches.offset(at);
        FloatVector w0 = FloatVector.fromArray(SPECIES, patch, at);
        for (int e = 0; e < count; e++) {
            int place = places[e];
            FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
            w0.fma(value, FloatVector.fromArray(SPECIES, image, place + o0)).intoArray(image, place + o0);
        }
    }
}
