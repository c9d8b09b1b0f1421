package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;
import dev.lenet.api.network.MaxPool2d;
import java.util.Arrays;

/**
 * Max-pooling of image rows, which remembers where each maximum was.
 *
 * <p>Between equal values the first in row-major order wins, as in PyTorch. A NaN wins over everything, so that it is
 * not lost on the way to the loss.
 */
final class MaxPooling {
    private final int lanes;
    private final int channels;
    private final int height;
    private final int outHeight;
    private final int outWidth;
    private final int kernelSize;
    private final int stride;

    /** Which tap of its window, {@code u * kernelSize + v}, each output came from: in the layout of the output rows. */
    private final int[][] winners;

    MaxPooling(MaxPool2d spec, Shape input, Shape output, int lanes) {
        this.lanes = lanes;
        channels = input.dimension(0);
        height = input.dimension(1);
        outHeight = output.dimension(1);
        outWidth = output.dimension(2);
        kernelSize = spec.kernelSize();
        stride = spec.stride();
        winners = new int[channels * outHeight][outWidth * lanes];
    }

    /**
     * @param in rows [channels * height][width * lanes]
     * @param out rows [channels * outHeight][outWidth * lanes]
     */
    void forward(float[][] in, float[][] out) {
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < outHeight; i++) {
                int outRow = c * outHeight + i;
                Arrays.fill(out[outRow], Float.NEGATIVE_INFINITY);
                for (int u = 0; u < kernelSize; u++) {
                    float[] inRow = in[c * height + i * stride + u];
                    for (int v = 0; v < kernelSize; v++) {
                        int tap = u * kernelSize + v;
                        // C2 makes more of a loop with a constant in it.
                        if (lanes == Activation.LANES) {
                            larger(inRow, v, out[outRow], winners[outRow], tap, Activation.LANES);
                        } else {
                            larger(inRow, v, out[outRow], winners[outRow], tap, lanes);
                        }
                    }
                }
            }
        }
    }

    private void larger(float[] in, int v, float[] out, int[] winner, int tap, int lanes) {
        for (int x = 0; x < outWidth; x++) {
            int from = (x * stride + v) * lanes;
            int to = x * lanes;
            for (int n = 0; n < lanes; n++) {
                float value = in[from + n];
                float largest = out[to + n];
                // At tap 0 the first value wins even if it is -infinity.
                if (value > largest || tap == 0 || (Float.isNaN(value) && !Float.isNaN(largest))) {
                    out[to + n] = value;
                    winner[to + n] = tap;
                }
            }
        }
    }

    /**
     * Sends each gradient to where its maximum was.
     *
     * @param dOut rows [channels * outHeight][outWidth * lanes]
     * @param dIn rows [channels * height][width * lanes], overwritten
     */
    void backward(float[][] dOut, float[][] dIn) {
        for (float[] row : dIn) {
            Arrays.fill(row, 0);
        }
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < outHeight; i++) {
                int outRow = c * outHeight + i;
                for (int u = 0; u < kernelSize; u++) {
                    float[] inRow = dIn[c * height + i * stride + u];
                    for (int v = 0; v < kernelSize; v++) {
                        int tap = u * kernelSize + v;
                        if (lanes == Activation.LANES) {
                            send(dOut[outRow], winners[outRow], tap, inRow, v, Activation.LANES);
                        } else {
                            send(dOut[outRow], winners[outRow], tap, inRow, v, lanes);
                        }
                    }
                }
            }
        }
    }

    private void send(float[] dOut, int[] winner, int tap, float[] dIn, int v, int lanes) {
        for (int x = 0; x < outWidth; x++) {
            int to = (x * stride + v) * lanes;
            int from = x * lanes;
            for (int n = 0; n < lanes; n++) {
                dIn[to + n] += winner[from + n] == tap ? dOut[from + n] : 0;
            }
        }
    }
}
