package dev.lenet.engine.jvm;

/**
 * The forward pass of a convolution with its bias, and of a max-pooling with touching windows right behind it if there is
 * one, from an input activation to an output activation that never change.
 *
 * <p>There are three ways to lay out the rows in between, as what is fast differs: for full blocks {@link ShiftedConvolution}
 * in loops that C2 has to vectorise by itself, {@code VectorConvolution} on the Vector API; and {@link PlaneConvolution} for
 * blocks of fewer images.
 */
interface ConvolutionForward {

    /** Fills the values of the output. */
    void run(LayerParameters parameters);

    /**
     * Which value of each window was the largest in the last run, the first of equals: rows as the output, of
     * {@code u * size + v}. Not defined where the output is 0 by now, as a rectifier let nothing through.
     *
     * @throws IllegalStateException if there is no pooling, or the pass is not for training
     */
    float[][] winners();

    /** The backward pass; only for a pass that is for training. */
    ConvolutionBackward backward(boolean withInputGradient);
}
