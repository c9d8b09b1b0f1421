package dev.lenet.api.training;

import dev.lenet.api.inference.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What one epoch did.
 *
 * @param epoch from 1
 * @param seconds spent in its training steps, without the validation
 * @param examples trained on
 * @param trainingLoss mean over these examples, each seen before its step's update
 * @param validation of the model after the epoch; null without a validation set
 */
public record EpochReport(
        int epoch,
        double seconds,
        long examples,
        double trainingLoss,
        @Nullable Evaluation validation) {

    public double examplesPerSecond() {
        return examples / seconds;
    }
}
