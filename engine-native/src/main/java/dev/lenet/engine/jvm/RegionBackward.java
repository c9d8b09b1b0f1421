package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of a convolution in loops that C2 has to vectorise by itself: over whole arrays, and only where there is
 * a gradient.
 *
 * <p>The idea: the four patches that a 2x2 pooling window chooses from lie in one region of the image, one row and column
 * larger than a patch. Each region is copied out of its image once, and all filters that have a gradient in its window work
 * on the copy: {@code dWeight[f] += g * region} and {@code dRegion += g * weight[f]}, with the filter laid out as large as
 * the region, once for every place it can have there. Behind larger windows, or none, each place is a region by itself.
 *
 * <p>The second convolution of LeNet-5 takes 15 us an image this way; patch by patch and filter by filter, as in {@link
 * PatchBackward}, it took 22.
 */
final class RegionBackward implements ConvolutionBackward {
    /** Larger windows would need many copies of each filter, and few filters would share a region. */
    private static final int LARGEST_WINDOW = 2;

    private final Activation input;
    private final Activation output;
    private final int lanes;
    private final @Nullable ConvolutionForward pooling;
    private final int filters;
    private final boolean shared;

    private final PixelImages pixels;
    private final @Nullable PixelImages dPixels;

    /** Where each window's first place is in an image, and from there to that of each tap. */
    private final int[] windows;

    private final int[] taps;

    private final int places; // of a filter in a region
    private final int side; // rows of a region
    private final int rowLength; // values in one of them
    private final int[][] inRegion; // [place][value of a filter]
    private final float[][] weight; // [filter * places + place][region]
    private final float[][] dWeight; // likewise
    private final float[] region;
    private final float[] dRegion;

    /** Of the region at hand: rows of the weight with a gradient, and these. */
    private final int[] entries;

    private final float[] values;

    RegionBackward(
            NamedLayer layer,
            Activation input,
            Activation output,
            @Nullable MaxPool2d pool,
            ConvolutionForward forward,
            boolean withInputGradient) {
        this.input = input;
        this.output = output;
        lanes = input.lanes();
        pooling = pool == null ? null : forward;
        Conv2d conv = (Conv2d) layer.spec();
        filters = conv.filters();
        pixels = new PixelImages(layer, lanes);
        dPixels = withInputGradient ? new PixelImages(layer, lanes) : null;
        int size = pool == null ? 1 : pool.kernelSize();
        int outWidth = output.shape().dimension(2);
        windows = new int[output.shape().dimension(1) * outWidth];
        for (int i = 0; i < windows.length; i++) {
            int row = i / outWidth * size * conv.stride();
            windows[i] = pixels.place(row, i % outWidth * size * conv.stride());
        }
        taps = new int[size * size];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = pixels.place(tap / size * conv.stride(), tap % size * conv.stride());
        }
        shared = size <= LARGEST_WINDOW;
        places = shared ? taps.length : 1;
        int kernelSize = conv.kernelSize().side();
        int channels = layer.input().dimension(0);
        side = kernelSize + (shared ? (size - 1) * conv.stride() : 0);
        rowLength = side * channels;
        inRegion = new int[places][channels * kernelSize * kernelSize];
        for (int place = 0; place < places; place++) {
            int first = place / size * conv.stride() * rowLength + place % size * conv.stride() * channels;
            for (int i = 0; i < inRegion[place].length; i++) {
                int c = i / (kernelSize * kernelSize);
                int u = i / kernelSize % kernelSize;
                inRegion[place][i] = first + u * rowLength + i % kernelSize * channels + c;
            }
        }
        int regionSize = Kernels.padded(side * rowLength);
        weight = new float[withInputGradient ? filters * places : 0][regionSize];
        dWeight = new float[filters * places][regionSize];
        region = new float[regionSize];
        dRegion = new float[regionSize];
        entries = new int[filters];
        values = new float[filters];
    }

    @Override
    public void run(LayerParameters parameters, LayerParameters gradients) {
        float[][] winners = pooling == null ? new float[0][] : pooling.winners();
        pixels.gather(input.values());
        for (float[] row : dWeight) {
            Arrays.fill(row, 0);
        }
        if (dPixels != null) {
            layOut(parameters.weight());
            dPixels.clear();
        }
        for (int n = 0; n < lanes; n++) {
            for (int window = 0; window < windows.length; window++) {
                int place = n * pixels.size() + windows[window];
                if (shared) {
                    addRegion(place, list(window, n, winners, -1, gradients.bias()));
                    continue;
                }
                for (int tap = 0; tap < taps.length; tap++) {
                    addRegion(place + taps[tap], list(window, n, winners, tap, gradients.bias()));
                }
            }
        }
        addWeightGradients(gradients.weight());
        if (dPixels != null) {
            dPixels.scatter(input.gradients());
        }
    }

    /**
     * Lists the filters with a gradient in a window of image n; returns how many there are.
     *
     * @param tap only those whose winner it is; -1 for all
     */
    private int list(int window, int n, float[][] winners, int tap, float[] dBias) {
        int outHeight = output.shape().dimension(1);
        int outWidth = output.shape().dimension(2);
        int at = window % outWidth * lanes + n;
        int count = 0;
        for (int f = 0; f < filters; f++) {
            int row = f * outHeight + window / outWidth;
            float gradient = output.gradients()[row][at];
            int winner = winners.length == 0 ? 0 : (int) winners[row][at];
            if (gradient != 0 && (tap < 0 || winner == tap)) {
                dBias[f] += gradient;
                entries[count] = shared ? f * places + winner : f;
                values[count++] = gradient;
            }
        }
        return count;
    }

    /** Everything that the listed filters have to do with the region that begins at a place. */
    private void addRegion(int place, int count) {
        if (count == 0) {
            return;
        }
        copy(pixels.values(), place, region);
        for (int e = 0; e < count; e++) {
            ScalarKernels.multiplyAdd1(dWeight[entries[e]], values[e], region);
        }
        if (dPixels == null) {
            return;
        }
        copy(dPixels.values(), place, dRegion);
        int e = 0;
        for (; e <= count - 4; e += 4) {
            ScalarKernels.multiplyAdd4(
                    dRegion,
                    values[e],
                    weight[entries[e]],
                    values[e + 1],
                    weight[entries[e + 1]],
                    values[e + 2],
                    weight[entries[e + 2]],
                    values[e + 3],
                    weight[entries[e + 3]]);
        }
        for (; e < count; e++) {
            ScalarKernels.multiplyAdd1(dRegion, values[e], weight[entries[e]]);
        }
        for (int u = 0; u < side; u++) {
            System.arraycopy(dRegion, u * rowLength, dPixels.values(), place + u * dPixels.rowLength(), rowLength);
        }
    }

    private void copy(float[] images, int place, float[] to) {
        for (int u = 0; u < side; u++) {
            System.arraycopy(images, place + u * pixels.rowLength(), to, u * rowLength, rowLength);
        }
    }

    private void layOut(float[][] rows) {
        for (int i = 0; i < weight.length; i++) {
            int[] at = inRegion[i % places];
            float[] row = rows[i / places];
            for (int tap = 0; tap < at.length; tap++) {
                weight[i][at[tap]] = row[tap];
            }
        }
    }

    private void addWeightGradients(float[][] rows) {
        for (int i = 0; i < dWeight.length; i++) {
            int[] at = inRegion[i % places];
            float[] row = rows[i / places];
            for (int tap = 0; tap < at.length; tap++) {
                row[tap] += dWeight[i][at[tap]];
            }
        }
    }
}
