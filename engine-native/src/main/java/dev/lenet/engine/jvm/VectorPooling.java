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

    /**
     * @param rows [size][plane][columns * BLOCK], {@code rows[u][plane]} is row u of the windows
     * @param out [columns / size * BLOCK]
     * @param winner [columns / size * BLOCK] filled with {@code u * size + v} of the largest; empty if nobody asks
     */
    static void max(float[][][] rows, int plane, float[] out, float[] winner) {
        if (rows.length == 2) {
            max2(rows[0][plane], rows[1][plane], out, winner);
            return;
        }
        int size = rows.length;
        for (int j = 0; j < out.length; j += LANES) {
            int first = j / BLOCK * size * BLOCK + j % BLOCK;
            FloatVector best = FloatVector.fromArray(SPECIES, rows[0][plane], first);
            FloatVector number = FloatVector.zero(SPECIES);
            for (int tap = 1; tap < size * size; tap++) {
                FloatVector value = FloatVector.fromArray(SPECIES, rows[tap / size][plane], first + tap % size * BLOCK);
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

    /** The usual windows, of two rows, without a division for every tap: that saves 0.6 us an image of LeNet-5. */
    private static void max2(float[] top, float[] bottom, float[] out, float[] winner) {
        for (int x = 0; x < out.length; x += BLOCK) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                int first = 2 * x + lane;
                FloatVector best = FloatVector.fromArray(SPECIES, top, first);
                FloatVector value1 = FloatVector.fromArray(SPECIES, top, first + BLOCK);
                FloatVector value2 = FloatVector.fromArray(SPECIES, bottom, first);
                FloatVector value3 = FloatVector.fromArray(SPECIES, bottom, first + BLOCK);
                VectorMask<Float> above1 = isAbove(value1, best);
                best = best.blend(value1, above1);
                VectorMask<Float> above2 = isAbove(value2, best);
                best = best.blend(value2, above2);
                VectorMask<Float> above3 = isAbove(value3, best);
                best.blend(value3, above3).intoArray(out, x + lane);
                if (winner.length > 0) {
                    FloatVector.zero(SPECIES)
                            .blend(1, above1)
                            .blend(2, above2)
                            .blend(3, above3)
                            .intoArray(winner, x + lane);
                }
            }
        }
    }

    private static VectorMask<Float> isAbove(FloatVector value, FloatVector best) {
        return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
    }

    /**
     * The way back: the gradient goes to the largest of each window, 0 to the others.
     *
     * @param rows as above, filled; what no window covers is left alone
     */
    static void spread(float[] gradient, float[] winner, float[][][] rows, int plane) {
        int size = rows.length;
        FloatVector none = FloatVector.zero(SPECIES);
        for (int u = 0; u < size; u++) {
            float[] row = rows[u][plane];
            for (int v = 0; v < size; v++) {
                float tap = u * size + v;
                for (int j = 0; j < gradient.length; j += LANES) {
                    VectorMask<Float> won =
                            FloatVector.fromArray(SPECIES, winner, j).compare(VectorOperators.EQ, tap);
                    none.blend(FloatVector.fromArray(SPECIES, gradient, j), won)
                            .intoArray(row, (j / BLOCK * size + v) * BLOCK + j % BLOCK);
                }
            }
        }
    }
}
