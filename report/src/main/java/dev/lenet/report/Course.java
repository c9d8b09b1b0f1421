package dev.lenet.report;

import dev.lenet.api.training.TrainingSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a run went.
 *
 * @param epochs in order, at least one
 * @param learningRates at equal distances from the first step to the last that was made
 * @param note on what the learning rates do not show; empty if there is nothing to say
 */
public record Course(List<Epoch> epochs, List<Double> learningRates, String note) {
    /** More than the pixels of a chart are wide. */
    private static final int POINTS = 400;

    public Course {
        epochs = List.copyOf(epochs);
        learningRates = List.copyOf(learningRates);
    }

    /** The time of all training steps. */
    double seconds() {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /**
     * The learning rates that a training goes through.
     *
     * @param examples to train on
     * @param steps that were made, at least one
     */
    public static List<Double> learningRates(TrainingSettings settings, int examples, long steps) {
        long stepsPerEpoch = (examples + settings.batchSize() - 1L) / settings.batchSize();
        long planned = stepsPerEpoch * settings.epochs();
        int points = (int) Math.min(POINTS, steps);
        return IntStream.range(0, points)
                .mapToObj(i -> points == 1 ? 0 : Math.round((double) i / (points - 1) * (steps - 1)))
                .map(step -> settings.learningRate() * settings.schedule().factor(step, planned))
                .toList();
    }
}
