package dev.lenet.engine.jvm;

/** Max-pooling on its own, where no convolution precedes it. */
final class MaxPoolingStage implements Stage {
    private final MaxPooling pooling;
    private final Activation input;
    private final Activation output;

    MaxPoolingStage(MaxPooling pooling, Activation input, Activation output) {
        this.pooling = pooling;
        this.input = input;
        this.output = output;
    }

    @Override
    public void forward(long step, int firstImage) {
        pooling.forward(input.values(), output.values());
    }

    @Override
    public void backward(NetworkParameters gradients) {
        pooling.backward(output.gradients(), input.gradients());
    }
}
