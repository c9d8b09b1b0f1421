package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution in loops that C2 vectorises: over whole rows, each an array of its own, without offsets.
 *
 * <p>The idea: an output row is a weighted sum of input rows, each shifted sideways by its tap's column. So each input
 * row is first copied once for every column of the kernel, shifted, strided and padded with zeros; a convolution is then
 * nothing but {@link Kernels#multiplyAdd} over whole rows, for any kernel, stride and padding. The copies cost
 * {@code kernelSize} moves for each input value, the products {@code filters * kernelSize^2} multiplications. Which rows
 * take part in which output row never changes, so these tables are made once.
 *
 * <p>The order of the columns in a row makes no difference to the products. With a pooling fused, the columns that meet
 * in a window are therefore kept apart, in {@code pieces}, see {@link FusedMaxPooling}. As the columns of a piece are a fixed
 * number of input columns apart, an input row is taken apart once, and every shifted row is made of whole pieces of it.
 *
 * <ul>
 *   <li>{@code convolved[f * outHeight + i]}: the convolution's rows
 *   <li>{@code phases[q][k]}: column {@code k * period + q} of the row that is being shifted
 *   <li>{@code shifted[v][c * height + y]}: input row y of channel c as the taps of column v see it
 *   <li>{@code taps[i][(c * K + u) * K + v]}: the shifted row that meets tap (c, u, v) in output row i
 * </ul>
 */
final class ShiftedConvolution implements ConvolutionForward {
    private static final int LANES = Activation.LANES;

    private final ScalarKernels kernels;
    private final NamedLayer layer;
    private final @Nullable MaxPool2d pool;
    private final Activation input;
    private final Activation output;
    private final @Nullable FusedMaxPooling pooling;
    private final int width;
    private final int filters;
    private final int kernelSize;
    private final int stride;
    private final int padding;
    private final int outHeight;
    private final int outWidth;
    private final int pieces;

    private final float[][] convolved;
    private final float[][][] convolvedByRow;
    private final float[][] phases;
    private final float[][] shifted;
    private final float[][][] taps;
    private final float[][] winners;

    ShiftedConvolution(
            ScalarKernels kernels,
            NamedLayer layer,
            Activation input,
            Activation output,
            @Nullable MaxPool2d pool,
            boolean training) {
        this.kernels = kernels;
        this.layer = layer;
        this.pool = pool;
        this.input = input;
        this.output = output;
        this.pooling = pool == null ? null : new FusedMaxPooling(pool, layer.output(), output.shape());
        Conv2d conv = (Conv2d) layer.spec();
        int channels = layer.input().dimension(0);
        int height = layer.input().dimension(1);
        width = layer.input().dimension(2);
        filters = conv.filters();
        kernelSize = conv.kernelSize().side();
        stride = conv.stride();
        padding = conv.padding().side();
        outHeight = layer.output().dimension(1);
        outWidth = layer.output().dimension(2);

        pieces = pooling == null ? 1 : pooling.size();
        int period = stride * pieces;
        phases = new float[period][(width + period - 1) / period * LANES];
        // Without pooling the output can be convolved in place.
        boolean inPlace = pooling == null;
        convolved = inPlace ? output.values() : new float[filters * outHeight][outWidth * LANES];
        convolvedByRow = byRow(convolved, filters, outHeight);
        shifted = new float[kernelSize * channels * height][outWidth * LANES];
        float[] zeros = new float[outWidth * LANES];
        taps = new float[outHeight][channels * kernelSize * kernelSize][];
        for (int i = 0; i < outHeight; i++) {
            for (int c = 0; c < channels; c++) {
                for (int u = 0; u < kernelSize; u++) {
                    int y = i * stride + u - padding;
                    for (int v = 0; v < kernelSize; v++) {
                        taps[i][(c * kernelSize + u) * kernelSize + v] =
                                y < 0 || y >= height ? zeros : shifted[(v * channels + c) * height + y];
                    }
                }
            }
        }
        int winnerRows = pooling != null && training ? output.values().length : 0;
        winners = new float[winnerRows][output.shape().dimension(2) * LANES];
    }

    /** {@code rows[plane * height + i]} regrouped as {@code [i][plane]}. */
    private static float[][][] byRow(float[][] rows, int planes, int height) {
        float[][][] byRow = new float[height][planes][];
        for (int i = 0; i < height; i++) {
            for (int plane = 0; plane < planes; plane++) {
                byRow[i][plane] = rows[plane * height + i];
            }
        }
        return byRow;
    }

    @Override
    public void run(LayerParameters parameters) {
        float[][] rows = input.values();
        for (int r = 0; r < rows.length; r++) {
            separate(rows[r]);
            for (int v = 0; v < kernelSize; v++) {
                shift(v - padding, shifted[v * rows.length + r]);
            }
        }
        float[] bias = parameters.bias();
        for (int i = 0; i < outHeight; i++) {
            float[][] outRows = convolvedByRow[i];
            for (int f = 0; f < filters; f++) {
                Arrays.fill(outRows[f], bias[f]);
            }
            kernels.multiplyAdd(outRows, parameters.weight(), taps[i]);
        }
        if (pooling != null) {
            pooling.forward(convolved, output.values());
        }
    }

    /** Keeps apart the columns of a row that are a period apart in the picture: {@code phases[q][k] = row[k * period + q]}. */
    private void separate(float[] row) {
        if (phases.length == 1) {
            phases[0] = row;
            return;
        }
        for (int x = 0; x < width; x++) {
            System.arraycopy(row, x * LANES, phases[x % phases.length], x / phases.length * LANES, LANES);
        }
    }

    /** The row as a tap sees it that is {@code shift} columns from the window's first: piece after piece, and the rest. */
    private void shift(int shift, float[] to) {
        int piece = outWidth / pieces;
        for (int p = 0; p < pieces; p++) {
            copy(p * stride + shift, to, p * piece, piece);
        }
        for (int x = pieces * piece; x < outWidth; x++) {
            copy(x * stride + shift, to, x, 1);
        }
    }

    /** {@code to[at + k] = row[first + k * period]}, and 0 outside of the picture, for k below {@code count}. */
    private void copy(int first, float[] to, int at, int count) {
        int period = phases.length;
        int phase = Math.floorMod(first, period);
        int start = Math.floorDiv(first, period);
        int columns = (width - phase + period - 1) / period;
        int from = Math.min(count, Math.max(0, -start));
        int until = Math.max(from, Math.min(count, columns - start));
        Arrays.fill(to, at * LANES, (at + from) * LANES, 0);
        if (until > from) {
            // Not even a copy of nothing may start outside the row, as one shifted by more than its width would.
            System.arraycopy(phases[phase], (start + from) * LANES, to, (at + from) * LANES, (until - from) * LANES);
        }
        Arrays.fill(to, (at + until) * LANES, (at + count) * LANES, 0);
    }

    @Override
    public float[][] winners() {
        if (pooling == null || winners.length == 0) {
            throw new IllegalStateException("no winners are kept");
        }
        pooling.winners(output.values(), convolved, winners);
        return winners;
    }

    @Override
    public ConvolutionBackward backward(boolean withInputGradient) {
        return kernels.backward(layer, input, output, pool, this, withInputGradient);
    }
}
