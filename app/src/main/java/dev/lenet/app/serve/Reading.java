package dev.lenet.app.serve;

import dev.lenet.api.inference.Classification;
import java.util.List;

/**
 * What an engine makes of one image.
 *
 * @param layers what each shown layer puts out, see {@link ShownLayer#of}
 * @param latencyMicros of a bare prediction on this engine, the median of the last ones, in microseconds
 */
record Reading(Classification classification, List<FeatureLevels> layers, double latencyMicros) {}
