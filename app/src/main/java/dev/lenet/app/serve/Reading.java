package dev.lenet.app.serve;

import java.util.List;

/**
 * What an engine makes of one image.
 *
 * @param probabilities of each class
 * @param activations of each shown layer, see {@link ShownLayer#of}
 * @param latencyMicros of a bare prediction on this engine, the median of the last ones, in microseconds
 */
record Reading(double[] probabilities, List<Activation> activations, double latencyMicros) {}
