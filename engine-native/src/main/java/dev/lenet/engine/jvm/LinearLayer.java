package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network.NamedLayer;
import java.util.Arrays;

/**
 * A fully connected layer, in a block together with the rectifier behind it if there is one. Activations are image by image,
 * {@code [lanes][features]}.
 *
 * <p>With y the outputs and x the inputs, all three products run along rows of the weight or of its transpose:
 * {@code y[n] += x[n][i] * transposed[i]}, {@code dX[n] += dY[n][o] * weight[o]} and
 * {@code dWeight[o] += dY[n][o] * x[n]}.
 */
record LinearLayer(NamedLayer layer, Fusion behind) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        Activation out = plan.activation(behind.last().output());
        plan.add(new Block(plan.kernels(), layer, plan.parameters(), in, out, behind.relu(), plan.withInputGradient()));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        Kernels kernels = plan.kernels();
        ModelParameters parameters = plan.parameters();
        SingleImage out = SingleImage.of(layer.output());
        plan.add(() -> {
            float[] bias = parameters.of(layer).bias();
            System.arraycopy(bias, 0, out.planes()[0], 0, bias.length);
            kernels.multiplyAdd(out.planes(), in.planes(), parameters.transposed(layer.name()));
        });
        return out;
    }

    /** For a block of images. */
    static final class Block implements Stage {
        private final Kernels kernels;
        private final NamedLayer layer;
        private final ModelParameters parameters;
        private final Activation input;
        private final Activation output;
        private final boolean relu;
        private final boolean withInputGradient;

        /** The output's gradients, transposed: {@code [outputs][lanes]}. */
        private final float[][] dOutputTransposed;

        /** The same rows, {@link ParameterUpdate#ROWS} at a time. */
        private final float[][][] chunks;

        Block(
                Kernels kernels,
                NamedLayer layer,
                ModelParameters parameters,
                Activation input,
                Activation output,
                boolean relu,
                boolean withInputGradient) {
            this.kernels = kernels;
            this.layer = layer;
            this.parameters = parameters;
            this.input = input;
            this.output = output;
            this.relu = relu;
            this.withInputGradient = withInputGradient;
            int outputs = layer.output().size();
            dOutputTransposed = new float[outputs][output.lanes()];
            chunks = new float[(outputs - 1) / ParameterUpdate.ROWS + 1][][];
            for (int i = 0; i < chunks.length; i++) {
                int from = i * ParameterUpdate.ROWS;
                int to = Math.min(outputs, from + ParameterUpdate.ROWS);
                chunks[i] = Arrays.copyOfRange(dOutputTransposed, from, to);
            }
        }

        /** The layer's full name. */
        String name() {
            return layer.name();
        }

        @Override
        public void forward(long step, int firstImage) {
            float[] bias = parameters.of(layer).bias();
            for (float[] row : output.values()) {
                System.arraycopy(bias, 0, row, 0, bias.length);
            }
            kernels.multiplyAdd(output.values(), input.values(), parameters.transposed(layer.name()));
            if (relu) {
                Elementwise.relu(output.values());
            }
        }

        @Override
        public void backward(NetworkParameters gradients) {
            backwardWithoutWeight(gradients);
            kernels.multiplyAdd(gradients.of(layer).weight(), dOutputTransposed, input.values());
        }

        /** The backward pass but for the weight's gradient, which {@link #addWeightGradient} computes later. */
        void backwardWithoutWeight(NetworkParameters gradients) {
            if (relu) {
                Elementwise.reluBackward(output.values(), output.gradients());
            }
            float[][] dOutput = output.gradients();
            float[] dBias = gradients.of(layer).bias();
            for (int n = 0; n < dOutput.length; n++) {
                kernels.add(dBias, dOutput[n]);
                for (int o = 0; o < dOutputTransposed.length; o++) {
                    dOutputTransposed[o][n] = dOutput[n][o];
                }
            }
            if (withInputGradient) {
                for (float[] row : input.gradients()) {
                    Arrays.fill(row, 0);
                }
                kernels.multiplyAdd(
                        input.gradients(), dOutput, parameters.of(layer).weight());
            }
        }

        /**
         * Adds the gradient of some rows of the weight, those of the block whose backward pass was the last one.
         *
         * @param dWeight rows {@code chunk * ROWS} and those behind it
         */
        void addWeightGradient(int chunk, float[][] dWeight) {
            kernels.multiplyAdd(dWeight, chunks[chunk], input.values());
        }
    }
}
