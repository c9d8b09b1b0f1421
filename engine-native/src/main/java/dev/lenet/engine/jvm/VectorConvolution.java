package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution straight on the rows of its input: a tap that is v columns to the right reads the same row from v columns
 * further on, {@link VectorProduct} does the rest. Nothing is copied but what is padded, or taken apart by a stride.
 *
 * <p>With a pooling, the rows that meet in a window are computed and pooled before the next ones: they never leave the
 * first-level cache.
 *
 * <ul>
 *   <li>{@code phases[q][c * height + y]}: columns q, q + stride, q + 2 stride ... of a padded input row
 *   <li>{@code taps[i][(c * K + u) * K + v]}: the row in which output row i finds tap (c, u, v), from {@code offsets} on
 *   <li>{@code bands[b][u][f]}: row u of the windows of pooled row b; all b share them. Without pooling, the output's rows
 * </ul>
 */
final class VectorConvolution implements ConvolutionForward {
    private static final int LANES = Activation.LANES;
    private static final float[] NO_WINNERS = {};

    private final Kernels kernels;
    private final NamedLayer layer;
    private final @Nullable MaxPool2d pool;
    private final Activation input;
    private final Activation output;
    private final int filters;
    private final int stride;
    private final int padding;

    private final boolean pooled;

    /** Side of the pooling's windows, 1 without. */
    private final int size;

    private final float[][][] phases;
    private final float[][][] taps;
    private final int[] offsets;
    private final float[][][][] bands;
    private final float[][] winners;

    VectorConvolution(
            Kernels kernels,
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
        Conv2d conv = (Conv2d) layer.spec();
        filters = conv.filters();
        stride = conv.stride();
        padding = conv.padding().side();
        pooled = pool != null;
        size = pool == null ? 1 : pool.kernelSize();
        int channels = layer.input().dimension(0);
        int height = layer.input().dimension(1);
        int width = layer.input().dimension(2) + 2 * padding;
        phases = isDirect()
                ? new float[][][] {input.values()}
                : new float[stride][channels * height][(width + stride - 1) / stride * LANES];
        int kernelSize = conv.kernelSize().side();
        int outHeight = layer.output().dimension(1);
        float[] zeros = new float[(width + stride - 1) / stride * LANES];
        taps = new float[outHeight][channels * kernelSize * kernelSize][];
        offsets = new int[channels * kernelSize * kernelSize];
        for (int tap = 0; tap < offsets.length; tap++) {
            int v = tap % kernelSize;
            int u = tap / kernelSize % kernelSize;
            int c = tap / kernelSize / kernelSize;
            offsets[tap] = v / stride * LANES;
            for (int i = 0; i < outHeight; i++) {
                int y = i * stride + u - padding;
                taps[i][tap] = y < 0 || y >= height ? zeros : phases[v % stride][c * height + y];
            }
        }
        int rows = output.shape().dimension(1);
        int rowLength = output.shape().dimension(2) * size * LANES;
        bands = new float[rows][size][filters][];
        float[][][] band = new float[size][filters][pooled ? rowLength : 0];
        for (int b = 0; b < rows; b++) {
            for (int f = 0; f < filters; f++) {
                for (int u = 0; u < size; u++) {
                    bands[b][u][f] = pooled ? band[u][f] : output.values()[f * rows + b];
                }
            }
        }
        winners = new float[pooled && training ? filters * rows : 0]
                [output.shape().dimension(2) * LANES];
    }

    private boolean isDirect() {
        return stride == 1 && padding == 0;
    }

    @Override
    public void run(LayerParameters parameters) {
        if (!isDirect()) {
            separate();
        }
        float[] bias = parameters.bias();
        for (int b = 0; b < bands.length; b++) {
            float[][][] band = bands[b];
            for (int u = 0; u < size; u++) {
                for (int f = 0; f < filters; f++) {
                    Arrays.fill(band[u][f], bias[f]);
                }
                VectorProduct.multiplyAdd(band[u], parameters.weight(), taps[b * size + u], offsets);
            }
            if (pooled) {
                pool(b);
            }
        }
    }

    private void pool(int b) {
        for (int f = 0; f < filters; f++) {
            int row = f * bands.length + b;
            VectorPooling.max(bands[b], f, output.values()[row], winners.length == 0 ? NO_WINNERS : winners[row]);
        }
    }

    /** Puts the columns of each input row where they belong between the zeros of the padding. */
    private void separate() {
        float[][] rows = input.values();
        for (int r = 0; r < rows.length; r++) {
            float[] row = rows[r];
            if (stride == 1) {
                System.arraycopy(row, 0, phases[0][r], padding * LANES, row.length);
                continue;
            }
            for (int x = 0; x < row.length / LANES; x++) {
                int column = x + padding;
                System.arraycopy(row, x * LANES, phases[column % stride][r], column / stride * LANES, LANES);
            }
        }
    }

    @Override
    public float[][] winners() {
        if (winners.length == 0) {
            throw new IllegalStateException("no winners are kept");
        }
        return winners;
    }

    @Override
    public ConvolutionBackward backward(boolean withInputGradient) {
        Conv2d conv = (Conv2d) layer.spec();
        return VectorDenseBackward.suits(conv, layer.input().dimension(0), pool, withInputGradient, true)
                ? new VectorDenseBackward(
                        kernels, layer, input, output, taps, offsets, size, winners, withInputGradient)
                : new PatchBackward(kernels, layer, input, output, pool, this, withInputGradient);
    }
}
