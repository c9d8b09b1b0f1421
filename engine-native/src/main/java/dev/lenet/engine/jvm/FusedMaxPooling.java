package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.network.MaxPool2d;
import java.util.Arrays;

/**
 * Max-pooling with windows that touch and do not overlap, right behind a convolution.
 *
 * <p>The idea: let the convolution keep the columns of a row apart that meet in a window, all first columns of windows
 * before all second ones: column v of window x at {@code v * outWidth + x}. Pooling then compares whole pieces of rows, value by value, in loops without a branch, which
 * C2 vectorises. Comparing neighbours one by one, the first convolution's forward pass took several times as long: which of
 * four values is the largest cannot be predicted.
 *
 * <p>Nothing is remembered for the backward pass: the winner is the first value equal to the maximum. Between equal
 * values the first in row-major order wins, as in PyTorch.
 */
final class FusedMaxPooling {
    private static final int LANES = Activation.LANES;

    private final int channels;
    private final int height;
    private final int outHeight;
    private final int outWidth;
    private final int size;
    private final float[] piece;

    /**
     * @param spec with a stride equal to its kernel size
     */
    FusedMaxPooling(MaxPool2d spec, Shape input, Shape output) {
        channels = input.dimension(0);
        height = input.dimension(1);
        outHeight = output.dimension(1);
        outWidth = output.dimension(2);
        size = spec.kernelSize();
        piece = new float[outWidth * LANES];
    }

    /**
     * @param in rows [channels * height][columns * LANES], columns kept apart
     * @param out rows [channels * outHeight][outWidth * LANES]
     */
    void forward(float[][] in, float[][] out) {
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < outHeight; i++) {
                float[] outRow = out[c * outHeight + i];
                for (int u = 0; u < size; u++) {
                    float[] inRow = in[c * height + i * size + u];
                    for (int v = 0; v < size; v++) {
                        if (u == 0 && v == 0) {
                            System.arraycopy(inRow, 0, outRow, 0, piece.length);
                        } else {
                            System.arraycopy(inRow, v * piece.length, piece, 0, piece.length);
                            Elementwise.max(outRow, piece);
                        }
                    }
                }
            }
        }
    }

    int size() {
        return size;
    }

    /**
     * Finds the first of the largest values of each window.
     *
     * @param out rows [channels * outHeight][outWidth * LANES], the maxima or, with a rectifier behind, the positive ones
     * @param in rows [channels * height][columns * LANES] as in the forward pass
     * @param winners rows as out: which tap it is, {@code u * size + v}; not defined where the rectifier let nothing
     *     through
     */
    void winners(float[][] out, float[][] in, float[][] winners) {
        for (int row = 0; row < out.length; row++) {
            int first = row / outHeight * height + row % outHeight * size;
            Arrays.fill(winners[row], 0);
            for (int tap = size * size - 1; tap >= 0; tap--) {
                System.arraycopy(in[first + tap / size], tap % size * piece.length, piece, 0, piece.length);
                Elementwise.claimWhereEqual(piece, out[row], tap, winners[row]);
            }
        }
    }
}
