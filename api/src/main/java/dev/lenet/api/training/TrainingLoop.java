package dev.lenet.api.training;

import dev.lenet.api.DatasetException;
import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: epochs, shuffling, validation, reports. There is only this one, so it cannot differ between
 * engines.
 *
 * <p>It hands the engine one batch after the other and waits for it only to report losses: every
 * {@code reportEvery} steps and at the end of an epoch.
 */
public final class TrainingLoop {
    private final Engine engine;
    private final TrainingSettings settings;

    public TrainingLoop(Engine engine, TrainingSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * Trains a model in place.
     *
     * @param validation evaluated after each epoch; may be empty
     * @throws DatasetException if there is nothing to train on
     * @throws DivergedException if a loss is not a finite number
     */
    public TrainingResult run(Model model, Dataset training, Dataset validation, TrainingListener listener) {
        if (training.size() == 0) {
            throw new DatasetException("Training: expected at least one example, received an empty data set."
                    + " Check the data, or set fewer examples aside for validation.");
        }
        TrainingSpec spec = new TrainingSpec(
                settings.optimizer(), new Loss.SoftmaxCrossEntropy(), settings.batchSize(), settings.seed());
        int stepsPerEpoch = (training.size() - 1) / settings.batchSize() + 1;
        long plannedSteps = (long) settings.epochs() * stepsPerEpoch;
        long totalSteps = settings.maxSteps() > 0 ? Math.min(plannedSteps, settings.maxSteps()) : plannedSteps;
        listener.started(totalSteps, stepsPerEpoch);
        try (Trainer trainer = engine.trainer(model, spec)) {
            Run run = new Run(trainer, listener, plannedSteps);
            List<EpochReport> epochs = new ArrayList<>();
            while (run.step < totalSteps) {
                int epoch = epochs.size() + 1;
                long started = System.nanoTime();
                double lossSum = run.epoch(training, settings.order(training.size(), epoch), totalSteps);
                double seconds = (System.nanoTime() - started) * 1e-9;
                @Nullable Evaluation evaluation = validation.size() == 0 ? null : Evaluation.of(model, validation);
                if (evaluation != null && !Double.isFinite(evaluation.loss())) {
                    throw diverged("validation loss", evaluation.loss(), run.step);
                }
                EpochReport report = new EpochReport(epoch, seconds, run.examples, lossSum / run.examples, evaluation);
                epochs.add(report);
                listener.epochEnded(report);
            }
            return new TrainingResult(run.step, epochs);
        }
    }

    private DivergedException diverged(String what, double value, long step) {
        return new DivergedException("Training: expected a finite " + what + ", received " + value + " at step " + step
                + ". Lower the learning rate (now " + settings.learningRate() + ").");
    }

    /** What changes while a run goes on. */
    private final class Run {
        private final Trainer trainer;
        private final TrainingListener listener;

        /** Of all epochs, even where a limit ends the run before. */
        private final long plannedSteps;

        /** Steps handed to the engine, and steps whose loss is known. */
        private long step;

        private long drained;
        /** Examples of the current epoch, the sum of their losses so far, and how many the last step saw. */
        private long examples;

        private double lossSum;
        private int lastSize;

        Run(Trainer trainer, TrainingListener listener, long plannedSteps) {
            this.trainer = trainer;
            this.listener = listener;
            this.plannedSteps = plannedSteps;
        }

        /** Returns the sum of the examples' losses. */
        double epoch(Dataset training, int[] order, long totalSteps) {
            examples = 0;
            lossSum = 0;
            for (int offset = 0; offset < order.length && step < totalSteps; offset += settings.batchSize()) {
                int size = Math.min(settings.batchSize(), order.length - offset);
                double factor = settings.schedule().factor(step, plannedSteps);
                trainer.step(new Batch(training, order, offset, size), settings.learningRate() * factor);
                step++;
                examples += size;
                listener.stepped(step, size);
                lastSize = size;
                if (step % settings.reportEvery() == 0) {
                    drain();
                }
            }
            drain();
            return lossSum;
        }

        /** Every batch since the last drain is full, except perhaps the last one. */
        private void drain() {
            float[] losses = trainer.drainMetrics().losses();
            for (int i = 0; i < losses.length; i++) {
                drained++;
                if (!Float.isFinite(losses[i])) {
                    throw diverged("loss", losses[i], drained);
                }
                lossSum += (double) losses[i] * (i == losses.length - 1 ? lastSize : settings.batchSize());
                listener.lossKnown(drained, losses[i]);
            }
        }
    }
}
