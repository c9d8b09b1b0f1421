package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network.NamedLayer;

/** From image rows, or planes, to one vector an image. What is a vector already stays where it is. */
record FlattenLayer(NamedLayer layer) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        if (!in.isImage()) {
            return in.reshaped(layer.output());
        }
        Activation out = plan.activation(layer.output());
        plan.add(new Block(in, out));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        SingleImage out = SingleImage.of(layer.output());
        plan.add(() -> in.get(out.planes()[0], 0));
        return out;
    }

    private record Block(Activation input, Activation output) implements Stage {
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
}
