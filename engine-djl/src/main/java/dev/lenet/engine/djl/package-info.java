/**
 * The engine {@code djl}: PyTorch through Deep Java Library, on CPU or CUDA.
 *
 * <p>A prediction is one program in PyTorch's language, TorchScript, and so is a training step: each is one call. Only a
 * single {@link dev.lenet.api.engine.Layer}, for inspection, is a call of its own. Parameters, optimizer state and random
 * numbers are ours. Three rules keep native memory in order:
 *
 * <ul>
 *   <li>Whatever a call computes lives in an {@code NDManager} of that call and is freed at its end. Only what a call
 *       returns or remembers is moved out of it.
 *   <li>No array here ever requires a gradient, as the backward pass is written out in {@link dev.lenet.engine.djl.StepSource}.
 *       So nothing can record a graph, on any thread.
 *   <li>Freeing waits for the operations under way: {@link dev.lenet.api.engine.Lifetime}.
 * </ul>
 */
@NullMarked
package dev.lenet.engine.djl;

import org.jspecify.annotations.NullMarked;
