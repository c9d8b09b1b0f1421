package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;

/**
 * The input of a convolution, or its gradient, as a backward pass wants it: the images of a block one after the other, pixel
 * by pixel with the channels innermost, and the padding around each. A window is then a few runs of contiguous values.
 *
 * <p>{@code values[n * size + y * rowLength + x * channels + c]}, y and x counted in the padded image.
 */
final class PixelImages {
    private final int lanes;
    private final int channels;
    private final int height;
    private final int width;
    private final int padding;
    private final int rowLength;
    private final int size;
    private final float[] values;

    PixelImages(NamedLayer layer, int lanes) {
        this.lanes = lanes;
        padding = ((Conv2d) layer.spec()).padding().side();
        channels = layer.input().dimension(0);
        height = layer.input().dimension(1);
        width = layer.input().dimension(2);
        rowLength = (width + 2 * padding) * channels;
        size = Kernels.padded((height + 2 * padding) * rowLength) + Kernels.WIDEST;
        values = new float[lanes * size];
    }

    float[] values() {
        return values;
    }

    /** From one image to the next; {@link Kernels#WIDEST} values more than an image has. */
    int size() {
        return size;
    }

    /** From one row of the padded image to the next. */
    int rowLength() {
        return rowLength;
    }

    /** Where the pixel is in its image. */
    int place(int y, int x) {
        return y * rowLength + x * channels;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Takes the values of an image activation; row by row, so that both sides stay in the first-level cache. */
    void gather(float[][] rows) {
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < channels; c++) {
                float[] row = rows[c * height + y];
                int to = place(y + padding, padding) + c;
                if (lanes == 1) {
                    for (int x = 0; x < width; x++) {
                        values[to + x * channels] = row[x];
                    }
                    continue;
                }
                for (int x = 0; x < width; x++) {
                    for (int n = 0; n < lanes; n++) {
                        values[to + x * channels + n * size] = row[x * lanes + n];
                    }
                }
            }
        }
    }

    /** The backward pass, without the padding. */
    void scatter(float[][] rows) {
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < channels; c++) {
                float[] row = rows[c * height + y];
                int from = place(y + padding, padding) + c;
                if (lanes == 1) {
                    for (int x = 0; x < width; x++) {
                        row[x] = values[from + x * channels];
                    }
                    continue;
                }
                for (int x = 0; x < width; x++) {
                    for (int n = 0; n < lanes; n++) {
                        row[x * lanes + n] = values[from + x * channels + n * size];
                    }
                }
            }
        }
    }
}
