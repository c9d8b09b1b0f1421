package dev.lenet.engine.jvm;

import java.util.List;

/**
 * A stage that has to know something of all blocks of a batch before it can go on with its own: {@link #forward} follows
 * {@link #collect} of every block and one {@link #combine}; {@link #backward} follows {@link #collectGradients} of every block and
 * one {@link #combineGradients}.
 */
interface BatchStage extends Stage {

    /** Looks at the block that is to come; only for a block of so many images as the plan is for. */
    void collect();

    /**
     * Shares what every block has collected, in the order of the blocks.
     *
     * @param blocks the same stage of the plan of each block of the batch
     */
    void combine(List<BatchStage> blocks);

    /** Looks at the gradients of the output, and adds those of the parameters. */
    void collectGradients(NetworkParameters gradients);

    /** As {@link #combine}. */
    void combineGradients(List<BatchStage> blocks);

    /** After a step: moves what the layer keeps for itself. */
    void keep();
}
