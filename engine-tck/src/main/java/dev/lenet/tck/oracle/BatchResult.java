package dev.lenet.tck.oracle;

import java.util.Map;

/**
 * What a batch gives in training.
 *
 * @param loss one value: the mean over the batch
 * @param gradients of that loss, by the full names of the parameters
 */
public record BatchResult(Approximation loss, Map<String, Approximation> gradients) {}
