package dev.lenet.engine.jvm;

/**
 * One kind of layer on this engine, at its place in a network: how a block of images goes through it, and how a single image
 * does. Both give the same bits: the same sums in the same order.
 */
interface LayerCompiler {

    /**
     * Adds the layer's stages to a plan of blocks.
     *
     * @param in what it reads
     * @return where its output is, or that of the last layer that is fused with it
     */
    Activation block(PlanBuilder plan, Activation in);

    /**
     * Adds the layer's steps to a plan of single images.
     *
     * @param in what it reads, and may write over
     * @return where its output is
     */
    SingleImage single(SingleImagePlan.Builder plan, SingleImage in);
}
