package dev.lenet.engine.jvm;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Size2d;
import java.util.Arrays;

/**
 * A convolution as its formula stands, tap after tap over whole rows: for groups, and for kernels and paddings that are not
 * square. {@link ConvolutionLayer} is fast for all others.
 */
record DirectConvolution(NamedLayer layer, Conv2d conv) implements LayerCompiler {

    /**
     * Where the rows of a picture are: each in an array of its own, with the images of a block innermost, or one after the other
     * in planes.
     *
     * @param pitch from a row to the next in a plane; 0 where each row is an array
     */
    private record Rows(float[][] arrays, int height, int width, int pitch) {

        static Rows of(float[][] rows, Activation activation) {
            return new Rows(
                    rows, activation.shape().dimension(1), activation.shape().dimension(2), 0);
        }

        static Rows of(SingleImage image) {
            return new Rows(image.planes(), image.height(), image.width(), image.pitch());
        }

        float[] array(int channel, int row) {
            return pitch == 0 ? arrays[channel * height + row] : arrays[channel];
        }
    }

    /** A tap of a filter where it meets a row of the picture. */
    private interface Meeting {

        /**
         * @param out the output's row, from {@code outFrom} on
         * @param in the input's row, from {@code inFrom} on
         * @param count columns of the output
         */
        void of(float[] out, int outFrom, float[] in, int inFrom, int count);
    }

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(layer.output());
        plan.add(new Block(this, plan.parameters(), in, out, plan.withInputGradient()));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage out = SingleImage.of(layer.output());
        ModelParameters parameters = plan.parameters();
        plan.add(() -> {
            LayerParameters values = parameters.of(layer);
            for (int f = 0; f < conv.filters(); f++) {
                Arrays.fill(out.planes()[f], values.bias()[f]);
            }
            forward(values, Rows.of(in), Rows.of(out), 1);
        });
        return out;
    }

    /** Adds the products to the bias, which is there already. */
    private void forward(LayerParameters parameters, Rows in, Rows out, int lanes) {
        for (int f = 0; f < conv.filters(); f++) {
            float[] weight = parameters.weight()[f];
            for (int tap = 0; tap < taps(); tap++) {
                float w = weight[tap];
                eachRow(f, tap, in, out, lanes, (y, to, x, from, count) -> addProduct(y, to, x, from, count, w, lanes));
            }
        }
    }

    private void addProduct(float[] y, int to, float[] x, int from, int count, float w, int lanes) {
        int step = conv.stride() * lanes;
        if (conv.stride() == 1) {
            for (int k = 0; k < count * lanes; k++) {
                y[to + k] += w * x[from + k];
            }
            return;
        }
        for (int j = 0; j < count; j++) {
            for (int n = 0; n < lanes; n++) {
                y[to + j * lanes + n] += w * x[from + j * step + n];
            }
        }
    }

    /** Values of a filter. */
    private int taps() {
        Size2d kernel = conv.kernelSize();
        return layer.input().dimension(0) / conv.groups() * kernel.height() * kernel.width();
    }

    /** Row by row, where a tap of a filter lies on the picture. */
    private void eachRow(int filter, int tap, Rows in, Rows out, int lanes, Meeting meeting) {
        Size2d kernel = conv.kernelSize();
        int stride = conv.stride();
        int channels = layer.input().dimension(0) / conv.groups();
        int channel = filter / (conv.filters() / conv.groups()) * channels + tap / kernel.width() / kernel.height();
        int u = tap / kernel.width() % kernel.height() - conv.padding().height();
        int v = tap % kernel.width() - conv.padding().width();
        int from = first(v);
        int count = end(v, in.width(), out.width()) - from;
        for (int i = first(u); i < end(u, in.height(), out.height()) && count > 0; i++) {
            int y = i * stride + u;
            int x = from * stride + v;
            meeting.of(
                    out.array(filter, i),
                    (i * out.pitch() + from) * lanes,
                    in.array(channel, y),
                    (y * in.pitch() + x) * lanes,
                    count);
        }
    }

    /** The first place of the output at which a tap, so far from the window's, lies on the picture. */
    private int first(int tap) {
        return Math.max(0, (conv.stride() - 1 - tap) / conv.stride());
    }

    /** The place behind the last one. */
    private int end(int tap, int size, int places) {
        return Math.min(places, Math.floorDiv(size - 1 - tap, conv.stride()) + 1);
    }

    /** For a block of images. */
    private record Block(
            DirectConvolution convolution,
            ModelParameters parameters,
            Activation input,
            Activation output,
            boolean withInputGradient)
            implements Stage {

        @Override
        public void forward(long step, int firstImage) {
            LayerParameters values = parameters.of(convolution.layer);
            int height = output.shape().dimension(1);
            for (int r = 0; r < output.values().length; r++) {
                Arrays.fill(output.values()[r], values.bias()[r / height]);
            }
            Rows in = Rows.of(input.values(), input);
            convolution.forward(values, in, Rows.of(output.values(), output), input.lanes());
        }

        @Override
        public void backward(NetworkParameters gradients) {
            LayerParameters weights = parameters.of(convolution.layer);
            LayerParameters own = gradients.of(convolution.layer);
            int lanes = input.lanes();
            Rows x = Rows.of(input.values(), input);
            Rows dX = Rows.of(input.gradients(), input);
            Rows dY = Rows.of(output.gradients(), output);
            for (int r = 0; r < output.gradients().length; r++) {
                float[] row = output.gradients()[r];
                float sum = 0;
                for (float value : row) {
                    sum += value;
                }
                own.bias()[r / dY.height()] += sum;
            }
            for (float[] row : input.gradients()) {
                Arrays.fill(row, 0);
            }
            float[] sums = new float[lanes];
            for (int f = 0; f < convolution.conv.filters(); f++) {
                for (int tap = 0; tap < convolution.taps(); tap++) {
                    Arrays.fill(sums, 0);
                    convolution.eachRow(
                            f,
                            tap,
                            x,
                            dY,
                            lanes,
                            (d, at, in, from, count) -> convolution.addDots(sums, d, at, in, from, count));
                    for (float sum : sums) {
                        own.weight()[f][tap] += sum;
                    }
                    float w = weights.weight()[f][tap];
                    if (withInputGradient) {
                        convolution.eachRow(
                                f,
                                tap,
                                dX,
                                dY,
                                lanes,
                                (d, at, in, from, count) -> convolution.spread(d, at, in, from, count, w, lanes));
                    }
                }
            }
        }
    }

    /** Adds the products of the columns of each image. */
    private void addDots(float[] sums, float[] d, int at, float[] x, int from, int count) {
        int lanes = sums.length;
        for (int j = 0; j < count; j++) {
            for (int n = 0; n < lanes; n++) {
                sums[n] += d[at + j * lanes + n] * x[from + j * conv.stride() * lanes + n];
            }
        }
    }

    private void spread(float[] d, int at, float[] dX, int from, int count, float w, int lanes) {
        for (int j = 0; j < count; j++) {
            for (int n = 0; n < lanes; n++) {
                dX[from + j * conv.stride() * lanes + n] += w * d[at + j * lanes + n];
            }
        }
    }
}
