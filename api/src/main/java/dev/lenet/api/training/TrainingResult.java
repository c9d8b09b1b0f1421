package dev.lenet.api.training;

import java.util.List;

/**
 * What a run did, and why it ended.
 *
 * @param steps updates made since step 0, those before a checkpoint included
 * @param epochs a report of each since the first, the last one possibly cut short by a limit of steps
 * @param bestEpoch the epoch whose weights the model has, as its validation loss was the lowest; 0 where early stopping
 *     is off or the run was interrupted, and the model has the weights of the last step
 */
public record TrainingResult(long steps, List<EpochReport> epochs, Ending ending, int bestEpoch) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
    }

    /** Why a run ended. */
    public enum Ending {
        /** Every epoch was run. */
        COMPLETED,

        /** The limit of steps was reached before. */
        MAX_STEPS,

        /** The validation loss no longer fell. */
        EARLY_STOPPING,

        /** The loop was asked to stop. */
        INTERRUPTED
    }
}
