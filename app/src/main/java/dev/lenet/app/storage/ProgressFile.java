package dev.lenet.app.storage;

import dev.lenet.api.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells who watches a run from outside how far it is: {@code progress.json}, replaced at most once a second.
 *
 * <p>The file is not forced to the disk, as nothing is lost with it; and that it cannot be written is no reason to end a run.
 */
public final class ProgressFile implements TrainingListener, AutoCloseable {
    private static final long WRITE_EVERY_NANOS = 1_000_000_000;

    /** Weight of the newest loss in the shown one, as in the progress bar. */
    private static final double NEWEST = 0.02;

    private final Path file;
    private final Path temporary;
    private final String teacher;
    private Thinned losses = new Thinned(1);
    private Thinned learningRates = new Thinned(1);
    private long started;
    private long written;
    private long firstStep;
    private long step;
    private long totalSteps;
    private int stepsPerEpoch;
    private long examples;
    private long examplesWritten;
    private double imagesPerSecond;
    private double learningRate;
    private double loss = Double.NaN;

    /** @param teacher which of a run's teachers is trained, of how many; empty for the run's own network */
    public ProgressFile(Path file, String teacher) {
        this.file = file;
        this.teacher = teacher;
        this.temporary = file.resolveSibling(".progress.tmp");
    }

    @Override
    public void started(long stepsBefore, long newTotalSteps, int newStepsPerEpoch) {
        firstStep = stepsBefore;
        step = stepsBefore;
        totalSteps = newTotalSteps;
        stepsPerEpoch = newStepsPerEpoch;
        losses = new Thinned(stepsBefore + 1);
        learningRates = new Thinned(stepsBefore + 1);
        started = System.nanoTime();
        write(started);
    }

    @Override
    public void stepped(long newStep, int newExamples, double newLearningRate) {
        step = newStep;
        examples += newExamples;
        learningRate = newLearningRate;
        learningRates.add(newLearningRate);
        long now = System.nanoTime();
        if (now - written >= WRITE_EVERY_NANOS) {
            imagesPerSecond = (examples - examplesWritten) / ((now - written) * 1e-9);
            examplesWritten = examples;
            write(now);
        }
    }

    @Override
    public void lossKnown(long itsStep, float newest) {
        loss = Double.isNaN(loss) ? newest : loss + NEWEST * (newest - loss);
        losses.add(newest);
    }

    private void write(long now) {
        written = now;
        try {
            Files.writeString(temporary, RunJson.line(progress(now)));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // On Windows another program may be reading it at this moment; the next second will do.
            return;
        }
    }

    private Progress progress(long now) {
        boolean stepped = step > firstStep;
        double seconds = (now - started) * 1e-9;
        return new Progress(
                ProcessHandle.current().pid(),
                teacher.isEmpty() ? null : teacher,
                step,
                totalSteps,
                stepsPerEpoch,
                stepped ? (Double) learningRate : null,
                stepped ? (Double) (imagesPerSecond > 0 ? imagesPerSecond : examples / seconds) : null,
                stepped ? (Double) (seconds / (step - firstStep) * (totalSteps - step)) : null,
                Double.isFinite(loss) ? (Double) loss : null,
                losses.toCurve(),
                learningRates.toCurve());
    }

    /** The last word. */
    @Override
    public void close() {
        if (totalSteps > 0) {
            write(System.nanoTime());
        }
    }
}
