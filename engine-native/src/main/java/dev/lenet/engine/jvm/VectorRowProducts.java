package dev.lenet.engine.jvm;

/**
 * Products of rows with rows, the images of a block kept apart: what the gradient of a convolution's weight is made of.
 *
 * <p>A tile of sums, four or three rows by five taps, or two where registers are few, stays in registers while the columns go by; each column costs nine loads
 * for twenty fused multiply-adds. Every image is summed up alone and column after column, so the bits do not depend on the
 * width of the registers.
 */
final class VectorRowProducts {
    private static final int LANES = VectorWidth.LANES;
    private static final int BLOCK = Activation.LANES;

    /** Whether there are sixteen registers, as of AVX2: twenty sums would be spilt to the stack. */
    private static final boolean FEW_REGISTERS = LANES == 8;

    /** Taps in a tile; rows of sums have a multiple of it. */
    static final int TAPS = 5;

    private VectorRowProducts() {}

    /**
     * {@code sums[r][t * BLOCK + n] += sum over x of out[r][x * BLOCK + n] * in[t][offsets[t] + x * BLOCK + n]}
     *
     * @param sums [R][T * BLOCK], accumulated into
     * @param out [R][columns * BLOCK]
     * @param in [T][offset + columns * BLOCK or longer]
     * @param offsets [T], a multiple of {@link #TAPS}
     */
    static void add(float[][] sums, float[][] out, float[][] in, int[] offsets) {
        for (int t = 0; t < offsets.length; t += TAPS) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                add(sums, out, in, offsets, t, lane);
            }
        }
    }

    private static void add(float[][] sums, float[][] out, float[][] in, int[] offsets, int t, int lane) {
        int r = 0;
        for (int left = out.length; left > 0; left = out.length - r) {
            if (FEW_REGISTERS && left >= 2) {
                VectorRowTiles.tile2x5(sums, r, out, in, offsets, t, lane);
                r += 2;
            } else if (left == 4 || left >= 7) {
                VectorRowTiles.tile4x5(sums, r, out, in, offsets, t, lane);
                r += 4;
            } else if (left >= 3) {
                VectorRowTiles.tile3x5(sums, r, out, in, offsets, t, lane);
                r += 3;
            } else {
                VectorRowTiles.tile1x5(sums, r, out, in, offsets, t, lane);
                r += 1;
            }
        }
    }
}
