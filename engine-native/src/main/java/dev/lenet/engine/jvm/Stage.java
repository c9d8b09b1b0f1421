package dev.lenet.engine.jvm;

/**
 * One or several layers computed together for a block of images. A stage owns its buffers and serves one thread.
 */
interface Stage {

    /**
     * Fills the values of the output activation from those of the input.
     *
     * @param step the number of updates made so far
     * @param firstImage index of the block's first image in its batch
     */
    void forward(long step, int firstImage);

    /**
     * Fills the gradients of the input activation from those of the output, which it may overwrite, and adds those of
     * its parameters. Follows the forward pass of the same block.
     */
    void backward(NetworkParameters gradients);
}
