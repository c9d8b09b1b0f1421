package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of a block that is not full, for any kernels. With few images beside each other a row of the picture is
 * short, so rows follow each other in {@link Planes}: a tap of the convolution reads a plane from a fixed distance further
 * on, for all places of the output at once. Where a window would reach around the end of a row it computes a value that
 * is not used. Every other value is the same sum as in a full block, term by term, and so has the same bits.
 *
 * <p>Rows and columns of the input that are a period apart, the stride times the side of the pooling's windows, are a plane of
 * their own. So only what is wanted is computed, and each place of the windows has planes of its own: pooling compares them
 * value by value.
 *
 * <ul>
 *   <li>{@code phases[(c * period + q) * period + p]}: rows q, q + period ... and columns p, p + period ... of a padded channel
 *   <li>{@code taps[place][(c * K + u) * K + v]}: the phase in which a place of the windows finds tap (c, u, v), from {@code
 *       offsets} on
 *   <li>{@code convolved[place][f]}: the convolution at a place of all windows
 * </ul>
 */
final class PlaneConvolution implements ConvolutionForward {
    private static final float[] NO_WINNERS = {};

    private final Kernels kernels;
    private final NamedLayer layer;
    private final @Nullable MaxPool2d pool;
    private final Activation input;
    private final Activation output;
    private final int period;
    private final int padding;
    private final int lanes;

    /** From a row of a plane to the next, and values in a plane. */
    private final int rowLength;

    private final int length;

    private final float[][] phases;
    private final float[][][] taps;
    private final int[][] offsets;
    private final float[][][] convolved;
    private final Planes results;
    private final Planes winners;
    private final float[][] winnerRows;
    private final float[][] scratch;

    /**
     * @param pool what is right behind the convolution, if that is a max-pooling with windows that touch
     * @param output of the pooling, or else of the convolution
     */
    PlaneConvolution(
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
        int size = pool == null ? 1 : pool.kernelSize();
        int kernelSize = conv.kernelSize().side();
        int channels = layer.input().dimension(0);
        period = conv.stride() * size;
        padding = conv.padding().side();
        lanes = input.lanes();
        rowLength = phaseLength(layer.input().dimension(2)) * lanes;
        // What is behind the last value of the last row is left out.
        int last =
                (output.shape().dimension(1) - 1) * rowLength + output.shape().dimension(2) * lanes;
        length = (last + kernels.register() - 1) / kernels.register() * kernels.register();
        int reach = (kernelSize - 1 + (size - 1) * conv.stride()) / period * (rowLength + lanes);
        int phase = Math.max(
                Kernels.padded(length) + reach, phaseLength(layer.input().dimension(1)) * rowLength);
        phases = new float[channels * period * period][phase];
        taps = new float[size * size][channels * kernelSize * kernelSize][];
        offsets = new int[taps.length][taps[0].length];
        for (int place = 0; place < taps.length; place++) {
            for (int tap = 0; tap < taps[place].length; tap++) {
                int y = place / size * conv.stride() + tap / kernelSize % kernelSize;
                int x = place % size * conv.stride() + tap % kernelSize;
                int c = tap / kernelSize / kernelSize;
                taps[place][tap] = phases[(c * period + y % period) * period + x % period];
                offsets[place][tap] = y / period * rowLength + x / period * lanes;
            }
        }
        convolved = new float[taps.length][conv.filters()][length];
        results = pool == null ? planes(convolved[0]) : planes(new float[conv.filters()][length]);
        boolean remembering = pool != null && training;
        winners = planes(remembering ? new float[conv.filters()][length] : new float[0][]);
        winnerRows = new float[remembering ? output.values().length : 0]
                [output.shape().dimension(2) * lanes];
        scratch = new float[Math.min(taps[0].length, Kernels.SCRATCH)][kernels.readsAtOffsets() ? 0 : length];
    }

    /** How many of so many rows or columns, with their padding, are a period apart. */
    private int phaseLength(int side) {
        return (side + 2 * padding + period - 1) / period;
    }

    private Planes planes(float[][] values) {
        return new Planes(values, output.shape().dimension(1), rowLength);
    }

    @Override
    public void run(LayerParameters parameters) {
        separate();
        float[] bias = parameters.bias();
        for (int place = 0; place < taps.length; place++) {
            for (int f = 0; f < convolved[place].length; f++) {
                Arrays.fill(convolved[place][f], bias[f]);
            }
            kernels.multiplyAdd(convolved[place], parameters.weight(), taps[place], offsets[place], scratch);
        }
        if (pool != null) {
            for (int f = 0; f < results.values().length; f++) {
                float[] winner = winnerRows.length == 0 ? NO_WINNERS : winners.values()[f];
                kernels.max(convolved, f, results.values()[f], winner);
            }
        }
        results.scatter(output.values());
    }

    /** Puts the values of each input row where they belong between the zeros of the padding. */
    private void separate() {
        float[][] rows = input.values();
        int height = layer.input().dimension(1);
        for (int r = 0; r < rows.length; r++) {
            int y = r % height + padding;
            int phase = (r / height * period + y % period) * period;
            int to = y / period * rowLength;
            if (period == 1) {
                System.arraycopy(rows[r], 0, phases[phase], to + padding * lanes, rows[r].length);
                continue;
            }
            for (int q = 0; q < period; q++) {
                int first = Math.floorMod(q - padding, period);
                separate(rows[r], first * lanes, phases[phase + q], to + (first + padding) / period * lanes);
            }
        }
    }

    private void separate(float[] row, int from, float[] phase, int to) {
        int at = to;
        if (lanes == 1) {
            for (int x = from; x < row.length; x += period) {
                phase[at++] = row[x];
            }
            return;
        }
        for (int x = from; x < row.length; x += period * lanes) {
            for (int n = 0; n < lanes; n++) {
                phase[at + n] = row[x + n];
            }
            at += lanes;
        }
    }

    @Override
    public float[][] winners() {
        if (winnerRows.length == 0) {
            throw new IllegalStateException("no winners are kept");
        }
        winners.scatter(winnerRows);
        return winnerRows;
    }

    @Override
    public ConvolutionBackward backward(boolean withInputGradient) {
        return kernels.backward(this, withInputGradient);
    }

    NamedLayer layer() {
        return layer;
    }

    @Nullable
    MaxPool2d pool() {
        return pool;
    }

    Activation input() {
        return input;
    }

    Activation output() {
        return output;
    }

    float[][][] taps() {
        return taps;
    }

    int[][] offsets() {
        return offsets;
    }

    /** The winners of the last run, in planes; none without a pooling. */
    Planes winnerPlanes() {
        return winners;
    }

    /** For the gradients of the output, padded: 0 between the rows and behind them, if only the rows are written. */
    Planes gradientPlanes() {
        return planes(new float[convolved[0].length][Kernels.padded(length)]);
    }
}
