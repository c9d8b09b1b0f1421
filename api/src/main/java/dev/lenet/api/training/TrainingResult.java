package dev.lenet.api.training;

import java.util.List;

/**
 * What a run did.
 *
 * @param steps updates made
 * @param epochs a report of each, the last one possibly cut short by a limit of steps
 */
public record TrainingResult(long steps, List<EpochReport> epochs) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
