package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of a convolution at every place, also where the gradient is 0: more products than in {@link
 * PatchBackward}, but in whole registers and without a list of places.
 *
 * <p>A weight's gradient is the product of the output's gradient with the input as that weight's tap saw it, which the
 * forward pass has laid out already. Behind a pooling most of it is zeros; for the first convolution of LeNet-5, whose
 * patches are runs of only five values, this takes 2.3 us an image all the same, and patches 3.8.
 *
 * <p>The gradient of the input is itself a convolution: of the output's gradient, with the kernel turned by half a turn, and
 * padded to all places where a window touches the input (Dumoulin and Visin, "A guide to convolution arithmetic for deep
 * learning", 2016, relationship 8). That holds for a stride of 1 and without a pooling; {@link VectorStridedInputGradient} has the others
 * without a pooling, in full blocks.
 */
final class VectorDenseBackward implements ConvolutionBackward {
    private static final int LANES = Activation.LANES;

    private final float[][][] taps; // [row of the convolution][tap], as in the forward pass
    private final int[][] offsets; // [row of the window][tap]
    private final Activation output;
    private final float[][] gradients;
    private final float[][] winners;

    /** The gradients in planes, if the forward pass is. */
    private final @Nullable Planes planes;

    /** Columns of a window that are side by side. */
    private final int across;

    /** Gradients of the convolution's rows: [pooled row][row of the window][filter]; the pooled rows share theirs. */
    private final float[][][][] bands;

    private final boolean pooled;
    private final float[][] sums; // [filter][tap * LANES + n], n counts values of a row modulo sixteen
    private final int weights;
    private final @Nullable Consumer<LayerParameters> inputGradient;

    /** Whether this way is possible, and likely to be the faster one. */
    static boolean suits(
            Conv2d conv, int channels, @Nullable MaxPool2d pool, boolean withInputGradient, boolean fullBlock) {
        if (withInputGradient) {
            return pool == null && (conv.stride() == 1 || fullBlock);
        }
        return pool == null || conv.kernelSize().side() * channels < Kernels.WIDEST;
    }

    /**
     * Behind a pass in rows.
     *
     * @param taps where each row of the convolution's output finds each tap's row of the input
     * @param offsets where in that row
     * @param size side of the pooling's windows, 1 without
     * @param winners of the windows, filled by the forward pass; empty without a pooling
     */
    VectorDenseBackward(
            Kernels kernels,
            NamedLayer layer,
            Activation input,
            Activation output,
            float[][][] taps,
            int[] offsets,
            int size,
            float[][] winners,
            boolean withInputGradient) {
        this(
                kernels,
                layer,
                input,
                output,
                taps,
                Collections.nCopies(size, offsets).toArray(new int[0][]),
                size,
                winners,
                null,
                withInputGradient);
    }

    /** Behind a pass in planes: each is one long row, and has one place of the windows. */
    VectorDenseBackward(Kernels kernels, PlaneConvolution forward, boolean withInputGradient) {
        this(
                kernels,
                forward.layer(),
                forward.input(),
                forward.output(),
                forward.taps(),
                forward.offsets(),
                1,
                forward.winnerPlanes().values(),
                forward.gradientPlanes(),
                withInputGradient);
    }

    private VectorDenseBackward(
            Kernels kernels,
            NamedLayer layer,
            Activation input,
            Activation output,
            float[][][] taps,
            int[][] offsets,
            int across,
            float[][] winners,
            @Nullable Planes planes,
            boolean withInputGradient) {
        this.output = output;
        this.across = across;
        this.winners = winners;
        this.planes = planes;
        gradients = planes == null ? output.gradients() : planes.values();
        pooled = winners.length > 0;
        weights = offsets[0].length;
        // Those beyond the last are never looked at.
        int tiled = (weights + VectorRowProducts.TAPS - 1) / VectorRowProducts.TAPS * VectorRowProducts.TAPS;
        this.offsets = new int[offsets.length][];
        for (int u = 0; u < offsets.length; u++) {
            this.offsets[u] = Arrays.copyOf(offsets[u], tiled);
        }
        this.taps = new float[taps.length][][];
        for (int i = 0; i < taps.length; i++) {
            this.taps[i] = Arrays.copyOf(taps[i], tiled);
            Arrays.fill(this.taps[i], weights, tiled, taps[i][0]);
        }
        int filters = layer.output().dimension(0);
        int rows = gradients.length / filters;
        bands = new float[rows][offsets.length][filters][];
        float[][][] band = new float[offsets.length][filters][pooled ? gradients[0].length * across : 0];
        for (int b = 0; b < rows; b++) {
            for (int f = 0; f < filters; f++) {
                for (int u = 0; u < offsets.length; u++) {
                    bands[b][u][f] = pooled ? band[u][f] : gradients[f * rows + b];
                }
            }
        }
        sums = new float[filters][tiled * LANES];
        inputGradient = !withInputGradient
                ? null
                : ((Conv2d) layer.spec()).stride() == 1
                        ? new InputGradient(kernels, layer, input, output)
                        : new VectorStridedInputGradient(layer, input, output);
    }

    @Override
    public void run(LayerParameters parameters, LayerParameters layerGradients) {
        if (planes != null) {
            planes.gather(output.gradients());
        }
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        for (int b = 0; b < bands.length; b++) {
            float[][][] band = bands[b];
            for (int f = 0; pooled && f < sums.length; f++) {
                int row = f * bands.length + b;
                VectorPooling.spread(gradients[row], winners[row], band, across, f);
            }
            for (int u = 0; u < band.length; u++) {
                VectorRowProducts.add(sums, band[u], taps[b * band.length + u], offsets[u]);
            }
        }
        for (int f = 0; f < sums.length; f++) {
            addSums(f, layerGradients);
        }
        if (inputGradient != null) {
            inputGradient.accept(parameters);
        }
    }

    /** Adds the sixteen sums of each weight up: in pairs, then in pairs of pairs. */
    private void addSums(int f, LayerParameters layerGradients) {
        float[] sum = sums[f];
        float[] dWeight = layerGradients.weight()[f];
        for (int tap = 0; tap < weights; tap++) {
            int at = tap * LANES;
            for (int half = LANES / 2; half > 0; half /= 2) {
                for (int n = at; n < at + half; n++) {
                    sum[n] += sum[n + half];
                }
            }
            dWeight[tap] += sum[at];
        }
        for (int row = f * bands.length; row < (f + 1) * bands.length; row++) {
            layerGradients.bias()[f] += ScalarKernels.sum(gradients[row], gradients[row].length);
        }
    }

    /** A convolution from the output's gradients to the input's. */
    private static final class InputGradient implements Consumer<LayerParameters> {
        private final ConvolutionForward convolution;
        private final LayerParameters turned;
        private final int kernelSize;

        InputGradient(Kernels kernels, NamedLayer layer, Activation input, Activation output) {
            Conv2d conv = (Conv2d) layer.spec();
            kernelSize = conv.kernelSize().side();
            NamedLayer back = new NamedLayer(
                    layer.name(),
                    layer.index(),
                    new Conv2d(
                            layer.input().dimension(0),
                            kernelSize,
                            1,
                            kernelSize - 1 - conv.padding().side()),
                    layer.output(),
                    layer.input());
            turned = new LayerParameters(back);
            convolution = kernels.convolution(back, output.ofGradients(), input.ofGradients(), null, false);
        }

        @Override
        public void accept(LayerParameters parameters) {
            int taps = kernelSize * kernelSize;
            for (int f = 0; f < parameters.outputs(); f++) {
                float[] filter = parameters.weight()[f];
                for (int c = 0; c < parameters.inputs(); c++) {
                    float[] row = turned.weight()[c];
                    for (int tap = 0; tap < taps; tap++) {
                        row[f * taps + tap] = filter[(c + 1) * taps - 1 - tap];
                    }
                }
            }
            convolution.run(turned);
        }
    }
}
