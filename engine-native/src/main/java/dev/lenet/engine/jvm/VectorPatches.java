package dev.lenet.engine.jvm;

/**
 * {@link Kernels#addPatches} and {@link Kernels#spreadPatch} with the patch in registers: up to ten of them, which is the
 * whole 5x5x6 patch of LeNet-5's second convolution in 512-bit ones.
 *
 * <p>A register that reaches beyond the end of a run computes with whatever comes next in the image. In a sum those elements are not
 * read, and in a patch they are 0.
 */
final class VectorPatches {
    private static final int LANES = VectorWidth.LANES;

    private VectorPatches() {}

    static void add(float[] sum, float[] values, int[] places, int count, float[] image, Patches patches) {
        int at = 0;
        for (; at <= patches.size() - 10 * LANES; at += 10 * LANES) {
            VectorPatchTiles.add10(sum, at, values, places, count, image, patches);
        }
        for (; at <= patches.size() - 5 * LANES; at += 5 * LANES) {
            VectorPatchTiles.add5(sum, at, values, places, count, image, patches);
        }
        for (; at < patches.size(); at += LANES) {
            VectorPatchTiles.add1(sum, at, values, places, count, image, patches);
        }
    }

    static void spread(float[] image, int[] places, float[] values, int count, float[] patch, Patches patches) {
        int at = 0;
        for (; at <= patches.size() - 10 * LANES; at += 10 * LANES) {
            VectorPatchTiles.spread10(image, places, values, count, patch, at, patches);
        }
        for (; at <= patches.size() - 5 * LANES; at += 5 * LANES) {
            VectorPatchTiles.spread5(image, places, values, count, patch, at, patches);
        }
        for (; at < patches.size(); at += LANES) {
            VectorPatchTiles.spread1(image, places, values, count, patch, at, patches);
        }
    }
}
