package dev.lenet.engine.jvm;

/**
 * The backward pass of a convolution with its bias, and of the max-pooling right behind it if there is one, for the
 * activations of the {@link ConvolutionForward} that made it.
 *
 * <p>What is fast depends on where there is a gradient: {@link PatchBackward} where most places have none, {@code
 * VectorDenseBackward} where most have.
 */
interface ConvolutionBackward {

    /**
     * Adds the gradients of the parameters, and fills those of the input if they are wanted, from those of the output.
     *
     * @param parameters of the layer, as in the forward pass before this one
     * @param gradients of the layer's parameters
     */
    void run(LayerParameters parameters, LayerParameters gradients);
}
