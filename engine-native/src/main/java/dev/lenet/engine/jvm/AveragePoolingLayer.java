package dev.lenet.engine.jvm;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;

/** Average pooling. */
record AveragePoolingLayer(NamedLayer layer, AvgPool2d spec) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(layer.output());
        plan.add(new Block(spec, in, out));
        return out;
    }

    /** Of image rows. */
    private static final class Block implements Stage {
        private final Activation input;
        private final Activation output;
        private final int lanes;
        private final int kernelSize;
        private final int stride;
        private final float share;

        Block(AvgPool2d spec, Activation input, Activation output) {
            this.input = input;
            this.output = output;
            this.lanes = input.lanes();
            this.kernelSize = spec.kernelSize();
            this.stride = spec.stride();
            this.share = 1f / (kernelSize * kernelSize);
        }

        @Override
        public void forward(long step, int firstImage) {
            for (float[] row : output.values()) {
                Arrays.fill(row, 0);
            }
            eachTap(input.values(), output.values(), true);
            for (float[] row : output.values()) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= share;
                }
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            for (float[] row : input.gradients()) {
                Arrays.fill(row, 0);
            }
            eachTap(input.gradients(), output.gradients(), false);
        }

        /** Adds every input pixel of a window to its output, or the other way round the output's share to every pixel. */
        private void eachTap(float[][] in, float[][] out, boolean forward) {
            int channels = output.shape().dimension(0);
            int height = input.shape().dimension(1);
            int outHeight = output.shape().dimension(1);
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < outHeight; i++) {
                    float[] outRow = out[c * outHeight + i];
                    for (int u = 0; u < kernelSize; u++) {
                        float[] inRow = in[c * height + i * stride + u];
                        for (int v = 0; v < kernelSize; v++) {
                            // C2 makes more of a loop with a constant in it.
                            if (lanes == Activation.LANES) {
                                tap(inRow, v, outRow, Activation.LANES, forward);
                            } else {
                                tap(inRow, v, outRow, lanes, forward);
                            }
                        }
                    }
                }
            }
        }

        private void tap(float[] in, int v, float[] out, int lanes, boolean forward) {
            if (forward) {
                gather(in, v, out, lanes);
            } else {
                spread(out, in, v, lanes);
            }
        }

        private void gather(float[] in, int v, float[] out, int lanes) {
            for (int x = 0; x < out.length / lanes; x++) {
                for (int n = 0; n < lanes; n++) {
                    out[x * lanes + n] += in[(x * stride + v) * lanes + n];
                }
            }
        }

        private void spread(float[] dOut, float[] dIn, int v, int lanes) {
            for (int x = 0; x < dOut.length / lanes; x++) {
                for (int n = 0; n < lanes; n++) {
                    dIn[(x * stride + v) * lanes + n] += share * dOut[x * lanes + n];
                }
            }
        }
    }

    /** Adds in the order of a block. */
    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage out = SingleImage.of(layer.output());
        int size = spec.kernelSize();
        plan.add(() -> {
            for (int c = 0; c < out.planes().length; c++) {
                for (int i = 0; i < out.height(); i++) {
                    int first = i * spec.stride() * in.pitch();
                    average(in, c, first, size, spec.stride(), out.planes()[c], i * out.width(), out.width());
                }
            }
        });
        return out;
    }

    private static void average(
            SingleImage in, int c, int first, int size, int stride, float[] out, int at, int count) {
        float share = 1f / (size * size);
        for (int x = 0; x < count; x++) {
            float sum = 0;
            for (int tap = 0; tap < size * size; tap++) {
                sum += in.planes()[c][first + tap / size * in.pitch() + x * stride + tap % size];
            }
            out[at + x] = sum * share;
        }
    }
}
