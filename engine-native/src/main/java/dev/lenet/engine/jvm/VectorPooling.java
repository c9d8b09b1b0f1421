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

    private VectorPooling() {}

    /**
     * @param rows [size][plane][columns * {@link Activation#LANES}], {@code rows[u][plane]} is row u of the windows
     * @param out [columns / size * {@link Activation#LANES}]
     */
    static void max(float[][][] rows, int plane, float[] out) {
        int size = rows.length;
        for (int j = 0; j < out.length; j += LANES) {
            int first = firstOf(j, size);
            FloatVector best = FloatVector.fromArray(SPECIES, rows[0][plane], first);
            for (int tap = 1; tap < size * size; tap++) {
                FloatVector value =
                        FloatVector.fromArray(SPECIES, rows[tap / size][plane], first + tap % size * Activation.LANES);
                best = best.blend(value, isAbove(value, best));
            }
            best.intoArray(out, j);
        }
    }

    /**
     * @param winner [columns / size * {@link Activation#LANES}] filled with {@code u * size + v} of the largest
     */
    static void max(float[][][] rows, int plane, float[] out, float[] winner) {
        int size = rows.length;
        for (int j = 0; j < out.length; j += LANES) {
            int first = firstOf(j, size);
            FloatVector best = FloatVector.fromArray(SPECIES, rows[0][plane], first);
            FloatVector number = FloatVector.zero(SPECIES);
            for (int tap = 1; tap < size * size; tap++) {
                FloatVector value =
                        FloatVector.fromArray(SPECIES, rows[tap / size][plane], first + tap % size * Activation.LANES);
                VectorMask<Float> above = isAbove(value, best);
                best = best.blend(value, above);
                number = number.blend(FloatVector.broadcast(SPECIES, tap), above);
            }
            best.intoArray(out, j);
            number.intoArray(winner, j);
        }
    }

    /** Where the window of output element j begins in its rows. */
    private static int firstOf(int j, int size) {
        return j / Activation.LANES * size * Activation.LANES + j % Activation.LANES;
    }

    private static VectorMask<Float> isAbove(FloatVector value, FloatVector best) {
        return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
    }
}
