package dev.lenet.report;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a training went: losses, accuracies and speed of its epochs, and its learning rates. {@link Recorder} makes one while
 * a training runs; a program that has written the figures to a file makes one from them.
 *
 * @param epochs in order, at least one
 * @param learningRates at equal distances from the first step to the last that was made
 * @param note a sentence below the charts; empty for none
 */
public record TrainingHistory(List<Epoch> epochs, List<Double> learningRates, String note) {
    /** More than the pixels of a chart are wide. */
    private static final int POINTS = 400;

    /**
     * What happened in one epoch.
     *
     * @param epoch from 1
     * @param seconds of its training steps
     * @param imagesPerSecond in its training steps
     * @param trainLoss mean over its training examples
     * @param validationLoss null if no images were set aside, as is the accuracy then
     * @param validationAccuracy from 0 to 1
     */
    public record Epoch(
            int epoch,
            double seconds,
            double imagesPerSecond,
            double trainLoss,
            @Nullable Double validationLoss,
            @Nullable Double validationAccuracy) {

        /** The epoch that a training loop reports. */
        public static Epoch of(EpochReport report) {
            @Nullable Evaluation validation = report.validation();
            return new Epoch(
                    report.epoch(),
                    report.seconds(),
                    report.examplesPerSecond(),
                    report.trainingLoss(),
                    validation == null ? null : (Double) validation.loss(),
                    validation == null ? null : (Double) validation.accuracy());
        }
    }

    /** @throws IllegalArgumentException if there is no epoch */
    public TrainingHistory {
        epochs = List.copyOf(epochs);
        learningRates = List.copyOf(learningRates);
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("TrainingHistory: expected an epoch at least, received none."
                    + " Leave out the history of a model that was not trained.");
        }
    }

    /** The time of all training steps. */
    double seconds() {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /**
     * The learning rates of a training, computed from its settings.
     *
     * @param examples to train on
     * @param steps that were made, at least one
     * @return at equal distances from the first step to the last, {@value #POINTS} at most
     */
    public static List<Double> learningRates(TrainingSettings settings, int examples, long steps) {
        long stepsPerEpoch = (examples + settings.batchSize() - 1L) / settings.batchSize();
        long planned = stepsPerEpoch * settings.epochs();
        return spread(steps).stream()
                .map(step -> settings.learningRate() * settings.schedule().factor(step, planned))
                .toList();
    }

    /** Steps at equal distances, from 0. */
    private static List<Long> spread(long steps) {
        int points = (int) Math.min(POINTS, steps);
        return IntStream.range(0, points)
                .mapToObj(i -> points == 1 ? 0 : Math.round((double) i / (points - 1) * (steps - 1)))
                .toList();
    }

    /** Listens to a training and keeps what its history needs. */
    public static final class Recorder implements TrainingListener {
        private final List<Epoch> epochs = new ArrayList<>();
        private final List<Double> learningRates = new ArrayList<>();

        @Override
        public void stepped(long step, int examples, double learningRate) {
            learningRates.add(learningRate);
        }

        @Override
        public void epochEnded(EpochReport report) {
            epochs.add(Epoch.of(report));
        }

        /**
         * What was recorded so far.
         *
         * @throws IllegalStateException if no epoch has ended yet
         */
        public TrainingHistory history() {
            if (epochs.isEmpty()) {
                throw new IllegalStateException("TrainingHistory: expected an epoch that has ended, received none."
                        + " Give the recorder to a training as its listener, and ask after its first epoch.");
            }
            List<Double> rates = spread(learningRates.size()).stream()
                    .map(step -> learningRates.get(step.intValue()))
                    .toList();
            return new TrainingHistory(epochs, rates, "");
        }
    }
}
