package dev.lenet.report;

import org.jspecify.annotations.Nullable;

/**
 * What a run's history says of one epoch.
 *
 * @param number from 1
 * @param seconds of its training steps
 * @param imagesPerSecond in its training steps
 * @param validationLoss null if no images were set aside, as is the accuracy then
 */
public record Epoch(
        int number,
        double seconds,
        double imagesPerSecond,
        double trainingLoss,
        @Nullable Double validationLoss,
        @Nullable Double validationAccuracy) {}
