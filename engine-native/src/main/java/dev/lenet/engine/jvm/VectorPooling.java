package dev.lenet.engine.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max-pooling of rows in which the images of a block lie innermost: a register holds the same pixel of several images, so
 * the largest of a window is found by comparing registers. The first of equals wins, and NaN over all, as in PyTorch.
 */
final class VectorPooling {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = VectorWidth.LANES;
    private static final int BLOCK = Activation.LANES;

    private VectorPooling() {}

    /** As below, with the columns of a window side by side. */
    static void max(float[][][] rows, int plane, float[] out, float[] winner) {
        max(rows, rows.length, plane, out, winner);
    }

    /**
     * @param rows [taps / across][plane][columns * across * BLOCK], {@code rows[t / across][plane]} has tap t of all windows:
     *     that of column x in block {@code x * across + t % across}
     * @param across how many columns of a window are side by side: all of them, or 1
     * @param out [columns * BLOCK]
     * @param winner [columns * BLOCK] filled with the tap of the largest; empty if they are not wanted
     */
    static void max(float[][][] rows, int across, int plane, float[] out, float[] winner) {
        int taps = rows.length * across;
        if (taps == 4) {
            float[] top = rows[0][plane];
            float[] bottom = rows[2 / across][plane];
            if (across == 1) {
                max4(top, rows[1][plane], bottom, rows[3][plane], 0, out, winner);
            } else {
                max4(top, top, bottom, bottom, BLOCK, out, winner);
            }
            return;
        }
        for (int j = 0; j < out.length; j += LANES) {
            int first = j / BLOCK * across * BLOCK + j % BLOCK;
            FloatVector best = FloatVector.fromArray(SPECIES, rows[0][plane], first);
            FloatVector number = FloatVector.zero(SPECIES);
            for (int tap = 1; tap < taps; tap++) {
                FloatVector value =
                        FloatVector.fromArray(SPECIES, rows[tap / across][plane], first + tap % across * BLOCK);
                VectorMask<Float> above = isAbove(value, best);
                best = best.blend(value, above);
                number = number.blend(FloatVector.broadcast(SPECIES, tap), above);
            }
            best.intoArray(out, j);
            if (winner.length > 0) {
                number.intoArray(winner, j);
            }
        }
    }

    /**
     * The usual windows, two by two, without a division for every tap: that saves 0.6 us an image of LeNet-5.
     *
     * @param shift how far behind the left columns the right ones are: a block if they are side by side, else 0
     */
    private static void max4(
            float[] top,
            float[] topRight,
            float[] bottom,
            float[] bottomRight,
            int shift,
            float[] out,
            float[] winner) {
        for (int j = 0; j < out.length; j += LANES) {
            int first = j + j / BLOCK * shift;
            FloatVector best = FloatVector.fromArray(SPECIES, top, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, topRight, first + shift);
            FloatVector value2 = FloatVector.fromArray(SPECIES, bottom, first);
            FloatVector value3 = FloatVector.fromArray(SPECIES, bottomRight, first + shift);
            VectorMask<Float> above1 = isAbove(value1, best);
            best = best.blend(value1, above1);
            VectorMask<Float> above2 = isAbove(value2, best);
            best = best.blend(value2, above2);
            VectorMask<Float> above3 = isAbove(value3, best);
            best.blend(value3, above3).intoArray(out, j);
            if (winner.length > 0) {
                FloatVector.zero(SPECIES)
                        .blend(1, above1)
                        .blend(2, above2)
                        .blend(3, above3)
                        .intoArray(winner, j);
            }
        }
    }

    private static VectorMask<Float> isAbove(FloatVector value, FloatVector best) {
        return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
    }

    /** As below, with the columns of a window side by side. */
    static void spread(float[] gradient, float[] winner, float[][][] rows, int plane) {
        spread(gradient, winner, rows, rows.length, plane);
    }

    /**
     * The backward pass: the gradient goes to the largest of each window, 0 to the others.
     *
     * @param gradient [J or longer]
     * @param winner [J]
     * @param rows as above, filled; what no window covers is left alone
     */
    static void spread(float[] gradient, float[] winner, float[][][] rows, int across, int plane) {
        FloatVector none = FloatVector.zero(SPECIES);
        for (int u = 0; u < rows.length; u++) {
            float[] row = rows[u][plane];
            for (int v = 0; v < across; v++) {
                float tap = u * across + v;
                for (int j = 0; j < winner.length; j += LANES) {
                    VectorMask<Float> won =
                            FloatVector.fromArray(SPECIES, winner, j).compare(VectorOperators.EQ, tap);
                    none.blend(FloatVector.fromArray(SPECIES, gradient, j), won)
                            .intoArray(row, (j / BLOCK * across + v) * BLOCK + j % BLOCK);
                }
            }
        }
    }
}
