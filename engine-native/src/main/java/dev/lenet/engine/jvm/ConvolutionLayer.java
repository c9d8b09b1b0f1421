package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of one group with a square kernel, with its bias, or with zeros for one.
 *
 * <p>A block computes it together with the rectifier and the max-pooling behind it if there are any: forward row by row, see
 * {@link ConvolutionForward}, and backward patch by patch, see {@link ConvolutionBackward}.
 *
 * <p>A single image is long, too, if its rows follow each other in one array, a plane. A tap of the convolution then reads the
 * same plane from a fixed distance further on, for all places of the output at once; where a window would reach around the end
 * of a row it computes a value that is never read. So it is one product of matrices, with rows of 896 and 140 values in LeNet-5.
 * With a stride, the rows and columns that a tap meets are a plane of their own, so that only the places of the output are
 * computed.
 */
record ConvolutionLayer(NamedLayer layer, Conv2d conv, Fusion behind) implements LayerCompiler {

    /** Whether there is a fast way; {@link DirectConvolution} has the others. */
    static boolean takes(Conv2d conv) {
        return conv.groups() == 1
                && conv.kernelSize().isSquare()
                && conv.padding().isSquare();
    }

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(behind.last().output());
        plan.add(new Block(
                plan.kernels(),
                layer,
                plan.parameters(),
                in,
                out,
                behind.relu(),
                behind.pool(),
                plan.purpose().training(),
                plan.withInputGradient()));
        return out;
    }

    private static final class Block implements Stage {
        private final NamedLayer layer;
        private final ModelParameters parameters;
        private final Activation output;
        private final boolean relu;
        private final ConvolutionForward forward;
        private final @Nullable ConvolutionBackward backward;

        Block(
                Kernels kernels,
                NamedLayer layer,
                ModelParameters parameters,
                Activation input,
                Activation output,
                boolean relu,
                @Nullable MaxPool2d pool,
                boolean training,
                boolean withInputGradient) {
            this.layer = layer;
            this.parameters = parameters;
            this.output = output;
            this.relu = relu;
            forward = kernels.convolution(layer, input, output, pool, training);
            backward = training ? forward.backward(withInputGradient) : null;
        }

        @Override
        public void forward(long step, int firstImage) {
            forward.run(parameters.of(layer));
            if (relu) {
                // Behind the pooling where there is one: the largest of the rectified values is the rectified largest.
                Elementwise.relu(output.values());
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            if (relu) {
                Elementwise.reluBackward(output.values(), output.gradients());
            }
            if (backward != null) {
                backward.run(parameters.of(layer), gradients.of(layer));
            }
        }
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        Kernels kernels = plan.kernels();
        ModelParameters parameters = plan.parameters();
        int stride = conv.stride();
        int height = layer.output().dimension(1);
        int width = layer.output().dimension(2);
        int pitch = phaseLength(in.width(), conv);
        int length = Kernels.padded(height * pitch);
        int reach = (conv.kernelSize().side() - 1) / stride * (pitch + 1);
        int channels = in.planes().length;
        // Rows and columns a stride apart are neighbours in a plane of their own: (c * stride + y % stride) * stride +
        // x % stride.
        float[][] phases =
                new float[channels * stride * stride][Math.max(length + reach, phaseLength(in.height(), conv) * pitch)];
        SingleImage out = new SingleImage(new float[conv.filters()][length], height, width, pitch);
        int taps = conv.kernelSize().side() * conv.kernelSize().side();
        float[][] rows = new float[channels * taps][];
        int[] offsets = new int[rows.length];
        for (int tap = 0; tap < rows.length; tap++) {
            int u = tap % taps / conv.kernelSize().side();
            int v = tap % conv.kernelSize().side();
            rows[tap] = phases[(tap / taps * stride + u % stride) * stride + v % stride];
            offsets[tap] = u / stride * pitch + v / stride;
        }
        float[][] scratch = kernels.readsAtOffsets() ? new float[0][] : new float[rows.length][length];
        plan.add(() -> {
            LayerParameters values = parameters.of(layer);
            separate(in, conv, phases, pitch);
            for (int f = 0; f < conv.filters(); f++) {
                Arrays.fill(out.planes()[f], values.bias()[f]);
            }
            kernels.multiplyAdd(out.planes(), values.weight(), rows, offsets, scratch);
        });
        return out;
    }

    /** How many of so many rows or columns, with their padding, are a stride apart. */
    private static int phaseLength(int side, Conv2d conv) {
        return (side + 2 * conv.padding().side() + conv.stride() - 1) / conv.stride();
    }

    /** Puts the values of an image where they belong between the zeros of the padding. */
    private static void separate(SingleImage in, Conv2d conv, float[][] phases, int pitch) {
        int stride = conv.stride();
        int padding = conv.padding().side();
        for (int c = 0; c < in.planes().length; c++) {
            float[] plane = in.planes()[c];
            for (int y = 0; y < in.height(); y++) {
                int from = y * in.pitch();
                int row = (c * stride + (y + padding) % stride) * stride;
                int to = (y + padding) / stride * pitch;
                if (stride == 1) {
                    System.arraycopy(plane, from, phases[row], to + padding, in.width());
                    continue;
                }
                for (int q = 0; q < stride; q++) {
                    int first = Math.floorMod(q - padding, stride);
                    int at = to + (first + padding) / stride;
                    for (int x = first; x < in.width(); x += stride) {
                        phases[row + q][at++] = plane[from + x];
                    }
                }
            }
        }
    }
}
