/**
 * The engine {@code djl}: PyTorch through Deep Java Library, on CPU or CUDA.
 *
 * <p>Predictions are PyTorch's operations, one call a layer; a training step is one program in its language, TorchScript,
 * one call in all. Parameters, optimizer state and random numbers are ours. Three rules keep native memory in order:
 *
 * <ul>
 *   <li>Whatever a call computes lives in an {@code NDManager} of that call and is freed at its end. Only what a call
 *       returns or remembers is moved out of it.
 *   <li>No array here ever requires a gradient, as the way back is written out in {@link dev.lenet.engine.djl.StepSource}.
 *       So nothing can record a graph, on any thread.
 *   <li>Freeing waits for the operations under way: {@link dev.lenet.api.engine.Lifetime}.
 * </ul>
 */
@NullMarked
package dev.lenet.engine.djl;

import org.jspecify.annotations.NullMarked;
