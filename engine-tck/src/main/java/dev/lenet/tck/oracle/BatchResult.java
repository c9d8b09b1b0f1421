package dev.lenet.tck.oracle;

import java.util.Map;

/**
 * What a batch gives in training.
 *
 * @param loss one value: the mean over the batch
 * @param gradients of that loss, by the full names of the parameters; zeros for what is not trainable
 * @param buffers what becomes of the parameters that are not trainable if this is a step
 */
public record BatchResult(
        Approximation loss, Map<String, Approximation> gradients, Map<String, Approximation> buffers) {}
