package dev.lenet.engine.jvm;

/**
 * {@link Kernels#multiplyAdd} in tiles that stay in registers.
 *
 * <p>A product of matrices loads two numbers for every multiplication unless results stay where they are added to. Here
 * a tile of the output, four rows of five registers, is kept in registers while all terms go by: each term costs five loads and
 * four broadcasts for twenty fused multiply-adds. Twenty independent sums also hide the four cycles that one of them takes.
 * The tile is as much as fits the 32 registers of AVX-512 and NEON; with the 16 of AVX2 C2 spills some to the stack.
 *
 * <p>Every element is added up alone, term after term, with one rounding each. Its bits therefore depend neither on the
 * tile it was in nor on the width of the registers.
 */
final class VectorProduct {
    private static final int ROWS = 4;

    private VectorProduct() {}

    /**
     * {@code out[r][j] += sum over t of coefficients[r][t] * in[t][offsets[t] + j]}
     *
     * @param out [R][J], accumulated into
     * @param coefficients [R][T]
     * @param in [T][offset + J or longer]
     * @param offsets [T or longer]
     */
    static void multiplyAdd(float[][] out, float[][] coefficients, float[][] in, int[] offsets) {
        int r = 0;
        for (; r <= out.length - ROWS; r += ROWS) {
            VectorTiles4.rows4(
                    out[r],
                    out[r + 1],
                    out[r + 2],
                    out[r + 3],
                    coefficients[r],
                    coefficients[r + 1],
                    coefficients[r + 2],
                    coefficients[r + 3],
                    in,
                    offsets);
        }
        if (r <= out.length - 2) {
            VectorTiles2.rows2(out[r], out[r + 1], coefficients[r], coefficients[r + 1], in, offsets);
            r += 2;
        }
        if (r < out.length) {
            VectorTiles2.rows1(out[r], coefficients[r], in, offsets);
        }
    }

    /** The last elements of a row, fewer than a register holds. */
    static void rest(float[] out, float[] coefficients, float[][] in, int[] offsets, int from) {
        for (int j = from; j < out.length; j++) {
            float sum = out[j];
            for (int t = 0; t < in.length; t++) {
                sum = Math.fma(coefficients[t], in[t][offsets[t] + j], sum);
            }
            out[j] = sum;
        }
    }
}
