package dev.lenet.engine.jvm;

import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with its bias, and the rectifier and the max-pooling behind it if there are any: forward row by row, see
 * {@link ConvolutionForward}, and backward patch by patch, see {@link ConvolutionBackward}.
 */
final class ConvolutionStage implements Stage {
    private final NamedLayer layer;
    private final ModelParameters parameters;
    private final Activation output;
    private final boolean relu;
    private final ConvolutionForward forward;
    private final @Nullable ConvolutionBackward backward;

    ConvolutionStage(
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
