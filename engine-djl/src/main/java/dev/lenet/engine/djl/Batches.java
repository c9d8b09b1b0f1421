package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.data.Batch;

/** Turns rows of a data set into arrays where the engine computes. For one thread at a time. */
interface Batches {

    /** {@code [N, ...example]}, valid until the next batch. */
    NDArray inputs(Batch batch, NDManager scope);

    /**
     * {@code [N]} as PyTorch wants indices: 64-bit integers. Valid until the next batch. The labels have been checked:
     * on a GPU PyTorch aborts the process for one that is not a class.
     */
    NDArray labels(Batch batch, NDManager scope);

    /** {@code [N, classes]}. Valid until the next batch. */
    NDArray softLabels(Batch batch, NDManager scope);
}
