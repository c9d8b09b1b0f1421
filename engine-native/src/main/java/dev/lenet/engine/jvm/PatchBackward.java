package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of a convolution, only where there is a gradient.
 *
 * <p>The idea: behind a 2x2 max-pooling three of four places get no gradient, and behind a rectifier about a third of the
 * rest; in LeNet-5 one product in six is not with zero. So for each filter the places that have one, in any image of the
 * block, are listed first. Then {@code dWeight[f] += g * patch} and {@code dX patch += g * weight[f]} for each of them, in
 * which a patch is a few runs of contiguous values, see {@link Patches}. For that the images of the block are laid out one
 * after the other.
 */
final class PatchBackward implements ConvolutionBackward {
    private final Kernels kernels;
    private final Activation input;
    private final Activation output;
    private final int lanes;
    private final @Nullable ConvolutionForward pooling;
    private final int filters;
    private final Patches patches;

    /** The place of each output's patch, or of its window's first one: [outHeight * outWidth]. */
    private final int[] windows;

    /** From the window's first place to that of each of its taps. */
    private final int[] taps;

    /** Where in a patch by itself each value of a filter is: [channels * kernelSize * kernelSize]. */
    private final int[] inPatch;

    private final PixelImages pixels;
    private final @Nullable PixelImages dPixels;
    private final float[][] weight; // [filters][patch]
    private final float[][] dWeight; // [filters][patch]
    private final float[] scratch; // [patch]
    private final int[] places; // of one filter
    private final float[] values; // the gradient at each

    PatchBackward(
            Kernels kernels,
            NamedLayer layer,
            Activation input,
            Activation output,
            @Nullable MaxPool2d pool,
            ConvolutionForward forward,
            boolean withInputGradient) {
        this.kernels = kernels;
        this.input = input;
        this.output = output;
        lanes = input.lanes();
        this.pooling = pool == null ? null : forward;
        Conv2d conv = (Conv2d) layer.spec();
        int channels = layer.input().dimension(0);
        filters = conv.filters();
        int kernelSize = conv.kernelSize().side();
        pixels = new PixelImages(layer, lanes);
        dPixels = withInputGradient ? new PixelImages(layer, lanes) : null;
        patches = new Patches(kernelSize, channels, pixels.rowLength());
        int size = pool == null ? 1 : pool.kernelSize();
        int outHeight = output.shape().dimension(1);
        int outWidth = output.shape().dimension(2);
        windows = new int[outHeight * outWidth];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = pixels.place(i / outWidth * size * conv.stride(), i % outWidth * size * conv.stride());
        }
        taps = new int[size * size];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = pixels.place(tap / size * conv.stride(), tap % size * conv.stride());
        }
        inPatch = new int[channels * kernelSize * kernelSize];
        for (int tap = 0; tap < inPatch.length; tap++) {
            int c = tap / (kernelSize * kernelSize);
            int u = tap / kernelSize % kernelSize;
            inPatch[tap] = u * patches.stride() + tap % kernelSize * channels + c;
        }
        weight = new float[withInputGradient ? filters : 0][patches.size()];
        dWeight = new float[filters][patches.size()];
        scratch = new float[patches.size()];
        places = new int[windows.length * lanes + 1];
        values = new float[windows.length * lanes + 1];
    }

    @Override
    public void run(LayerParameters parameters, LayerParameters gradients) {
        float[][] winners = pooling == null ? output.gradients() : pooling.winners();
        float[] dBias = gradients.bias();
        pixels.gather(input.values());
        if (dPixels != null) {
            gatherWeight(parameters.weight());
            dPixels.clear();
        }
        for (int f = 0; f < filters; f++) {
            int count = list(f, winners);
            dBias[f] += ScalarKernels.sum(values, count);
            Arrays.fill(dWeight[f], 0);
            kernels.addPatches(dWeight[f], values, places, count, pixels.values(), patches);
            if (dPixels != null) {
                kernels.spreadPatch(dPixels.values(), places, values, count, weight[f], patches, scratch);
            }
        }
        if (dPixels != null) {
            dPixels.scatter(input.gradients());
        }
        scatterWeightGradient(gradients.weight());
    }

    /** Lists the gradients of a filter that are not 0, and their places; returns how many there are. */
    private int list(int f, float[][] winners) {
        int outHeight = output.shape().dimension(1);
        int outWidth = output.shape().dimension(2);
        int count = 0;
        for (int i = 0; i < outHeight; i++) {
            float[] row = output.gradients()[f * outHeight + i];
            for (int x = 0; x < outWidth; x++) {
                int window = windows[i * outWidth + x];
                count = pooling == null
                        ? list(row, x * lanes, window, count)
                        : list(row, winners[f * outHeight + i], x * lanes, window, count);
            }
        }
        return count;
    }

    /** One place in all images. */
    private int list(float[] row, int from, int window, int before) {
        int count = before;
        for (int n = 0; n < lanes; n++) {
            float gradient = row[from + n];
            places[count] = window + n * pixels.size();
            values[count] = gradient;
            count += oneUnlessZero(gradient);
        }
        return count;
    }

    /** One window in all images. */
    private int list(float[] row, float[] winner, int from, int window, int before) {
        int count = before;
        for (int n = 0; n < lanes; n++) {
            float gradient = row[from + n];
            places[count] = window + n * pixels.size() + taps[(int) winner[from + n]];
            values[count] = gradient;
            count += oneUnlessZero(gradient);
        }
        return count;
    }

    /**
     * Without a branch, as which gradients are 0 cannot be predicted: the sign of b or of -b is set unless all bits but the
     * gradient's sign are 0.
     */
    private static int oneUnlessZero(float gradient) {
        int bits = Float.floatToRawIntBits(gradient) << 1;
        return (bits | -bits) >>> (Integer.SIZE - 1);
    }

    private void gatherWeight(float[][] rows) {
        for (int f = 0; f < filters; f++) {
            float[] row = rows[f];
            float[] patch = weight[f];
            for (int tap = 0; tap < inPatch.length; tap++) {
                patch[inPatch[tap]] = row[tap];
            }
        }
    }

    private void scatterWeightGradient(float[][] rows) {
        for (int f = 0; f < filters; f++) {
            float[] row = rows[f];
            float[] patch = dWeight[f];
            for (int tap = 0; tap < inPatch.length; tap++) {
                row[tap] += patch[inPatch[tap]];
            }
        }
    }
}
