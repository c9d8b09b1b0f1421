package dev.lenet.app.storage;

import dev.lenet.app.storage.RequiredComponents.Missable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, as {@code progress.json} tells it.
 *
 * @param process its number
 * @param teacher which of the run's teachers is trained, of how many; null for the run's own network
 * @param step that was taken last
 * @param learningRate null before the first step, as are {@code imagesPerSecond} and {@code secondsLeft}
 * @param loss a running mean, null before the first is known
 */
public record Progress(
        long process,
        @Missable @Nullable String teacher,
        long step,
        long totalSteps,
        int stepsPerEpoch,
        @Nullable Double learningRate,
        @Nullable Double imagesPerSecond,
        @Nullable Double secondsLeft,
        @Nullable Double loss,
        Curve losses,
        Curve learningRates) {

    /**
     * A curve of means over {@code stride} steps each.
     *
     * @param first step
     * @param stride value {@code i} is the mean of the steps {@code first + i * stride} and the following
     * @param values null where there is no number
     */
    public record Curve(long first, int stride, List<@Nullable Float> values) {}
}
