package dev.lenet.api.engine;

/**
 * What training steps measured.
 *
 * @param losses of each step in order: the batch's mean loss before its update
 */
public record StepMetrics(float[] losses) {}
