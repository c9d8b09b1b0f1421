package dev.lenet.app.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine makes of one image.
 *
 * @param probabilities of each class
 * @param novelty how strange the image is; null where the model cannot tell
 * @param activations of each shown layer, see {@link ShownLayer#of}
 * @param latencyMicros of a bare prediction on this engine, the median of the last ones, in microseconds
 */
record Reading(double[] probabilities, @Nullable Double novelty, List<Activation> activations, double latencyMicros) {}
