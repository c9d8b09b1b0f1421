package dev.lenet.engine.jvm;

import dev.lenet.api.RandomStream;
import dev.lenet.api.network.Dropout;

/** Dropout while training; in a prediction there is nothing to do. */
record DropoutLayer(String name, Dropout spec) implements LayerCompiler {

    @Override
    public Activation block(PlanBuilder plan, Activation in) {
        if (!plan.purpose().training()) {
            return in;
        }
        Activation out = plan.activation(in.shape());
        plan.add(new Block(spec, name, plan.purpose().seed(), in, out));
        return out;
    }

    @Override
    public SingleImage single(SingleImagePlan.Builder plan, SingleImage in) {
        return in;
    }

    private static final class Block implements Stage {
        private final Activation input;
        private final Activation output;
        private final Dropout spec;
        private final String layer;
        private final long seed;
        private final Activation factors;
        private final float[] one;

        Block(Dropout spec, String layer, long seed, Activation input, Activation output) {
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
