package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The gradient of a convolution's input where it has a stride, for a full block: dense, and without a product with the zeros that a
 * transposed convolution puts between the gradients.
 *
 * <p>Rows and columns of the padded input that are a stride apart are a phase; row {@code stride * m + q} of the input meets tap
 * {@code stride * a + q} of the kernel at row {@code m - a} of the output, whatever the column. So each phase is a convolution of its
 * own, of stride 1, from the output's gradients, with every stride-th tap: a product of matrices.
 */
final class VectorStridedInputGradient implements Consumer<LayerParameters> {
    private static final int LANES = Activation.LANES;

    private final Activation input;
    private final Activation output;
    private final int channels;
    private final int kernelSize;
    private final int stride;
    private final int padding;

    /** Zeros before the columns of a row of gradients, and how long it is with those behind it. */
    private final int before;

    private final float[][] gradients; // [filter * rows + row][before + columns ... ], padded with zeros
    private final float[] zeros;
    private final List<Phase> phases = new ArrayList<>();

    /**
     * @param down first row of the phase, as {@code across} is its first column, both below the stride
     * @param taps of the kernel, in the order of the products' terms: {@code u * K + v}
     * @param weight [channel][filter * taps + tap], gathered before each run
     * @param offsets [filter * taps + tap]
     * @param terms [filter * taps + tap], rows of gradients, chosen for each row of the input
     * @param sums [channel][columns * LANES]
     */
    private record Phase(
            int down, int across, int[] taps, float[][] weight, int[] offsets, float[][] terms, float[][] sums) {}

    VectorStridedInputGradient(NamedLayer layer, Activation input, Activation output) {
        this.input = input;
        this.output = output;
        Conv2d conv = (Conv2d) layer.spec();
        channels = layer.input().dimension(0);
        kernelSize = conv.kernelSize().side();
        stride = conv.stride();
        padding = conv.padding().side();
        int width = layer.input().dimension(2) + 2 * padding;
        before = (kernelSize - 1) / stride;
        int longest = before + Math.max(layer.output().dimension(2), (width + stride - 1) / stride);
        gradients = new float[output.gradients().length][longest * LANES];
        zeros = new float[longest * LANES];
        int filters = conv.filters();
        for (int down = 0; down < stride; down++) {
            for (int across = 0; across < stride; across++) {
                int[] taps = taps(down, across);
                int columns = (width - across + stride - 1) / stride;
                int[] offsets = new int[filters * taps.length];
                for (int t = 0; t < offsets.length; t++) {
                    int b = taps[t % taps.length] % kernelSize / stride;
                    offsets[t] = (before - b) * LANES;
                }
                phases.add(new Phase(
                        down,
                        across,
                        taps,
                        new float[channels][offsets.length],
                        offsets,
                        new float[offsets.length][],
                        new float[channels][columns * LANES]));
            }
        }
    }

    /** Those that meet a phase; none where the kernel is smaller than the stride. */
    private int[] taps(int down, int across) {
        List<Integer> taps = new ArrayList<>();
        for (int u = down; u < kernelSize; u += stride) {
            for (int v = across; v < kernelSize; v += stride) {
                taps.add(u * kernelSize + v);
            }
        }
        return taps.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void accept(LayerParameters parameters) {
        for (int r = 0; r < gradients.length; r++) {
            float[] row = output.gradients()[r];
            System.arraycopy(row, 0, gradients[r], before * LANES, row.length);
        }
        for (Phase phase : phases) {
            gather(parameters, phase);
            for (int y = 0; y < input.shape().dimension(1); y++) {
                if ((y + padding) % stride == phase.down()) {
                    row(phase, y);
                }
            }
        }
    }

    private void gather(LayerParameters parameters, Phase phase) {
        int[] taps = phase.taps();
        int area = kernelSize * kernelSize;
        for (int c = 0; c < channels; c++) {
            float[] weight = phase.weight()[c];
            for (int t = 0; t < weight.length; t++) {
                weight[t] = parameters.weight()[t / taps.length][c * area + taps[t % taps.length]];
            }
        }
    }

    /** Row y of every channel, in the columns of a phase. */
    private void row(Phase phase, int y) {
        int rows = output.shape().dimension(1);
        int m = (y + padding) / stride;
        int[] taps = phase.taps();
        float[][] terms = phase.terms();
        for (int t = 0; t < terms.length; t++) {
            int i = m - taps[t % taps.length] / kernelSize / stride;
            terms[t] = i < 0 || i >= rows ? zeros : gradients[t / taps.length * rows + i];
        }
        for (float[] sum : phase.sums()) {
            Arrays.fill(sum, 0);
        }
        if (terms.length > 0) {
            VectorProduct.multiplyAdd(phase.sums(), phase.weight(), terms, phase.offsets());
        }
        int height = input.shape().dimension(1);
        int width = input.shape().dimension(2);
        int first = Math.floorMod(phase.across() - padding, stride);
        for (int c = 0; c < channels; c++) {
            float[] dX = input.gradients()[c * height + y];
            int from = (first + padding) / stride * LANES;
            for (int x = first; x < width; x += stride) {
                System.arraycopy(phase.sums()[c], from, dX, x * LANES, LANES);
                from += LANES;
            }
        }
    }
}
