/**
 * The engine {@code djl}: PyTorch through Deep Java Library, on CPU or CUDA.
 *
 * <p>Networks run as PyTorch operations, gradients come from its autograd; parameters, optimizer state and random
 * numbers are ours. Three rules keep native memory in order:
 *
 * <ul>
 *   <li>Whatever a call computes lives in an {@code NDManager} of that call and is freed at its end. Only what a call
 *       returns or remembers is moved out of it.
 *   <li>No array here ever requires a gradient, except a short-lived alias of the parameters inside
 *       {@link dev.lenet.engine.djl.Backpropagation}. So predicting cannot record a graph, on any thread.
 *   <li>Freeing waits for the operations under way: {@link dev.lenet.api.engine.Lifetime}.
 * </ul>
 */
@NullMarked
package dev.lenet.engine.djl;

import org.jspecify.annotations.NullMarked;
