package dev.lenet.engine.jvm;

import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;

/** Max-pooling on its own, where no convolution precedes it that computes it as well. */
record MaxPoolingLayer(NamedLayer layer, MaxPool2d spec) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(layer.output());
        plan.add(new Block(new MaxPooling(spec, layer.input(), layer.output(), in.lanes()), in, out));
        return out;
    }

    private record Block(MaxPooling pooling, Activation input, Activation output) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            pooling.forward(input.values(), output.values());
        }

        @Override
        public void backward(NetworkParameters gradients) {
            pooling.backward(output.gradients(), input.gradients());
        }
    }

    /** Row after row of the windows: whole rows first, in loops that C2 vectorises. */
    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage out = SingleImage.of(layer.output());
        int size = spec.kernelSize();
        float[] row = new float[in.width()];
        float[] below = new float[in.width()];
        plan.add(() -> {
            for (int c = 0; c < out.planes().length; c++) {
                for (int i = 0; i < out.height(); i++) {
                    int first = i * spec.stride() * in.pitch();
                    System.arraycopy(in.planes()[c], first, row, 0, row.length);
                    for (int u = 1; u < size; u++) {
                        System.arraycopy(in.planes()[c], first + u * in.pitch(), below, 0, row.length);
                        Elementwise.max(row, below);
                    }
                    largestOfEach(row, size, spec.stride(), out.planes()[c], i * out.width(), out.width());
                }
            }
        });
        return out;
    }

    private static void largestOfEach(float[] row, int size, int stride, float[] out, int at, int count) {
        for (int x = 0; x < count; x++) {
            float best = row[x * stride];
            for (int v = 1; v < size; v++) {
                best = Math.max(best, row[x * stride + v]);
            }
            out[at + x] = best;
        }
    }
}
