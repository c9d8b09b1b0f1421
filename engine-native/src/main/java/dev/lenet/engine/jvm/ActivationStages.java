package dev.lenet.engine.jvm;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Dropout;

/** The stages without parameters that act on each value alone, or only move values. */
final class ActivationStages {
    private ActivationStages() {}

    /** A rectifier that no convolution or fully connected layer precedes. */
    record ReluStage(Activation input, Activation output) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            Elementwise.copy(input.values(), output.values());
            Elementwise.relu(output.values());
        }

        @Override
        public void backward(NetworkParameters gradients) {
            Elementwise.reluBackward(output.values(), output.gradients());
            Elementwise.copy(output.gradients(), input.gradients());
        }
    }

    /** The hyperbolic tangent. */
    record TanhStage(Activation input, Activation output) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            Elementwise.tanh(input.values(), output.values());
        }

        @Override
        public void backward(NetworkParameters gradients) {
            Elementwise.tanhBackward(output.values(), output.gradients(), input.gradients());
        }
    }

    /** From interleaved image rows to one vector an image. */
    record FlattenStage(Activation input, Activation output) implements Stage {
        @Override
        public void forward(long step, int firstImage) {
            transpose(true);
        }

        @Override
        public void backward(NetworkParameters gradients) {
            transpose(false);
        }

        private void transpose(boolean forward) {
            float[][] rows = forward ? input.values() : input.gradients();
            float[][] vectors = forward ? output.values() : output.gradients();
            // C2 makes more of a loop with a constant in it.
            if (input.lanes() == Activation.LANES) {
                transpose(rows, vectors, Activation.LANES, forward);
            } else {
                transpose(rows, vectors, input.lanes(), forward);
            }
        }

        private static void transpose(float[][] rows, float[][] vectors, int lanes, boolean forward) {
            int width = rows[0].length / lanes;
            for (int n = 0; n < lanes; n++) {
                float[] vector = vectors[n];
                for (int r = 0; r < rows.length; r++) {
                    float[] row = rows[r];
                    for (int x = 0; x < width; x++) {
                        if (forward) {
                            vector[r * width + x] = row[x * lanes + n];
                        } else {
                            row[x * lanes + n] = vector[r * width + x];
                        }
                    }
                }
            }
        }
    }

    /** Dropout while training; a prediction's plan has no such stage. */
    static final class DropoutStage implements Stage {
        private final Activation input;
        private final Activation output;
        private final Dropout spec;
        private final String layer;
        private final long seed;
        private final Activation factors;
        private final float[] one;

        DropoutStage(Dropout spec, String layer, long seed, Activation input, Activation output) {
            this.spec = spec;
            this.layer = layer;
            this.seed = seed;
            this.input = input;
            this.output = output;
            this.factors = new Activation(input.shape(), input.lanes(), false);
            this.one = new float[input.shape().size()];
        }

        @Override
        public void forward(long step, int firstImage) {
            RandomStream mask = Dropout.mask(seed, layer, step);
            for (int n = 0; n < input.lanes(); n++) {
                long first = (long) (firstImage + n) * one.length;
                for (int i = 0; i < one.length; i++) {
                    one[i] = mask.uniform(first + i) >= spec.rate() ? spec.scale() : 0;
                }
                factors.put(n, one, 0);
            }
            Elementwise.multiply(input.values(), factors.values(), output.values());
        }

        @Override
        public void backward(NetworkParameters gradients) {
            Elementwise.multiply(output.gradients(), factors.values(), input.gradients());
        }
    }
}
