package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;

/** The average of each channel: from image rows, or planes, to one vector an image. Sums go row by row, as the formula reads. */
record GlobalPoolingLayer(NamedLayer layer) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(layer.output());
        plan.add(new Block(in, out, share(), new float[in.lanes()]));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage out = SingleImage.of(layer.output());
        float share = share();
        plan.add(() -> {
            for (int c = 0; c < in.planes().length; c++) {
                float sum = 0;
                for (int y = 0; y < in.height(); y++) {
                    for (int x = 0; x < in.width(); x++) {
                        sum += in.planes()[c][y * in.pitch() + x];
                    }
                }
                out.planes()[0][c] = sum * share;
            }
        });
        return out;
    }

    /** Of a pixel in its channel's average. */
    private float share() {
        return 1f / (layer.input().dimension(1) * layer.input().dimension(2));
    }

    /** @param sums [lanes], overwritten */
    private record Block(Activation input, Activation output, float share, float[] sums) implements Stage {

        @Override
        public void forward(long step, int firstImage) {
            int height = input.shape().dimension(1);
            for (int c = 0; c < input.shape().dimension(0); c++) {
                Arrays.fill(sums, 0);
                for (int y = 0; y < height; y++) {
                    add(input.values()[c * height + y]);
                }
                for (int n = 0; n < sums.length; n++) {
                    output.values()[n][c] = sums[n] * share;
                }
            }
        }

        private void add(float[] row) {
            for (int x = 0; x < row.length; x += sums.length) {
                for (int n = 0; n < sums.length; n++) {
                    sums[n] += row[x + n];
                }
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            int height = input.shape().dimension(1);
            for (int c = 0; c < input.shape().dimension(0); c++) {
                for (int n = 0; n < sums.length; n++) {
                    sums[n] = output.gradients()[n][c] * share;
                }
                for (int y = 0; y < height; y++) {
                    float[] row = input.gradients()[c * height + y];
                    for (int x = 0; x < row.length; x += sums.length) {
                        System.arraycopy(sums, 0, row, x, sums.length);
                    }
                }
            }
        }
    }
}
