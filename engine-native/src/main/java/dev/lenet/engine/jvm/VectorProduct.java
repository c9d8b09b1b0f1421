package dev.lenet.engine.jvm;

/**
 * {@link Kernels#multiplyAdd} in tiles that stay in registers.
 *
 * <p>A product of matrices loads two numbers for every multiplication unless results stay where they are added to. Here
 * a tile of the output, for example four rows of five registers, is kept in registers while terms go by: each term costs
 * five loads and four broadcasts for twenty fused multiply-adds. Twenty independent sums also hide the four cycles that one
 * of them takes. The tiles are as large as the 32 registers of AVX-512 and NEON allow. With the 16 of AVX2 C2 would spill sums to the
 * stack; there, four rows by two registers are eight sums.
 *
 * <p>Some columns of some terms of the input serve all rows before the next: as many as stay in the first-level cache.
 *
 * <p>Every element is added up alone, term after term, with one rounding each. Its bits therefore depend neither on the
 * tile it was in nor on the width of the registers.
 */
final class VectorProduct {
    private static final int LANES = VectorWidth.LANES;

    /** Whether there are sixteen registers: those of 256 bits are AVX2's. */
    private static final boolean FEW_REGISTERS = LANES == 8;

    /** Columns of a tile of six rows. */
    private static final int SIXES = FEW_REGISTERS ? 2 : 4;

    /** Terms at a time: with five 512-bit registers each, 40 KB of input. */
    private static final int TERMS = 128;

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
        int rows = out.length;
        int length = out[0].length;
        int sixes = rows % 4 == 2 && rows >= 6 ? 6 : 0;
        int fours = sixes + (rows - sixes) / 4 * 4;
        int j = 0;
        for (int columns = 0; j <= length - LANES; j += columns * LANES) {
            columns = columns((length - j) / LANES);
            for (int from = 0; from < in.length; from += TERMS) {
                int to = Math.min(in.length, from + TERMS);
                for (int r = sixes; r < fours; r += 4) {
                    four(columns, out, coefficients, r, in, offsets, j, from, to);
                }
            }
        }
        six(sixes, out, coefficients, in, offsets);
        last(fours, out, coefficients, in, offsets);
        for (int r = 0; r < rows && j < length; r++) {
            rest(out[r], coefficients[r], in, offsets, j);
        }
    }

    /** How wide the next tile of four rows is, of so many registers that are left. Six are two threes, not five and one. */
    private static int columns(int left) {
        if (FEW_REGISTERS) {
            return Math.min(left, 2);
        }
        if (left >= 5 && left != 6) {
            return 5;
        }
        return left >= 3 ? 3 : 1;
    }

    private static void four(
            int columns,
            float[][] out,
            float[][] coefficients,
            int r,
            float[][] in,
            int[] offsets,
            int j,
            int from,
            int to) {
        switch (columns) {
            case 5 -> VectorTiles4.tile4x5(out, coefficients, r, in, offsets, j, from, to);
            case 3 -> VectorTiles4.tile4x3(out, coefficients, r, in, offsets, j, from, to);
            case 2 -> VectorTiles4.tile4x2(out, coefficients, r, in, offsets, j, from, to);
            default -> VectorTiles4.tile4x1(out, coefficients, r, in, offsets, j, from, to);
        }
    }

    /** The first six rows, where there are as many. */
    private static void six(int rows, float[][] out, float[][] coefficients, float[][] in, int[] offsets) {
        if (rows == 0) {
            return;
        }
        int j = 0;
        for (; j <= out[0].length - SIXES * LANES; j += SIXES * LANES) {
            if (FEW_REGISTERS) {
                VectorTiles6.tile6x2(out, coefficients, 0, in, offsets, j, 0, in.length);
            } else {
                VectorTiles6.tile6x4(out, coefficients, 0, in, offsets, j, 0, in.length);
            }
        }
        for (; j <= out[0].length - LANES; j += LANES) {
            VectorTiles6.tile6x1(out, coefficients, 0, in, offsets, j, 0, in.length);
        }
    }

    /** The last rows, up to three. */
    private static void last(int first, float[][] out, float[][] coefficients, float[][] in, int[] offsets) {
        int r = first;
        if (r <= out.length - 2) {
            int j = 0;
            for (; j <= out[r].length - 7 * LANES; j += 7 * LANES) {
                VectorTiles2.tile2x7(out, coefficients, r, in, offsets, j, 0, in.length);
            }
            for (; j <= out[r].length - LANES; j += LANES) {
                VectorTiles2.tile2x1(out, coefficients, r, in, offsets, j, 0, in.length);
            }
            r += 2;
        }
        if (r < out.length) {
            int j = 0;
            for (; j <= out[r].length - 8 * LANES; j += 8 * LANES) {
                VectorTiles2.tile1x8(out, coefficients, r, in, offsets, j, 0, in.length);
            }
            for (; j <= out[r].length - LANES; j += LANES) {
                VectorTiles2.tile1x1(out, coefficients, r, in, offsets, j, 0, in.length);
            }
        }
    }

    /** The last elements of a row, fewer than a register holds. */
    private static void rest(float[] out, float[] coefficients, float[][] in, int[] offsets, int from) {
        for (int j = from; j < out.length; j++) {
            float sum = out[j];
            for (int t = 0; t < in.length; t++) {
                sum = Math.fma(coefficients[t], in[t][offsets[t] + j], sum);
            }
            out[j] = sum;
        }
    }
}
