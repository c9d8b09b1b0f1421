package dev.lenet.app.run;

import com.google.gson.JsonObject;
import dev.lenet.api.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Tells who watches a run from outside how far it is: {@code progress.json}, replaced at most once a second.
 *
 * <p>The file is not forced to the disk, as nothing is lost with it; and that it cannot be written is no reason to end a run.
 */
final class ProgressFile implements TrainingListener, AutoCloseable {
    private static final long WRITE_EVERY_NANOS = 1_000_000_000;

    /** Weight of the newest loss in the shown one, as in {@link ProgressBar}. */
    private static final double NEWEST = 0.02;

    private final Path file;
    private final Path temporary;
    private final String teacher;
    private @Nullable Thinned losses;
    private @Nullable Thinned learningRates;
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

    ProgressFile(Path file) {
        this(file, "");
    }

    /** @param teacher which of a run's teachers is trained, of how many; empty for the run's own network */
    ProgressFile(Path file, String teacher) {
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
        if (learningRates != null) {
            learningRates.add(newLearningRate);
        }
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
        if (losses != null) {
            losses.add(newest);
        }
    }

    private void write(long now) {
        written = now;
        try {
            Files.writeString(temporary, json(now) + "\n");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody on Windows may be reading it at this moment; the next second will do.
            return;
        }
    }

    private JsonObject json(long now) {
        JsonObject json = new JsonObject();
        json.addProperty("process", ProcessHandle.current().pid());
        if (!teacher.isEmpty()) {
            json.addProperty("teacher", teacher);
        }
        json.addProperty("step", step);
        json.addProperty("total_steps", totalSteps);
        json.addProperty("steps_per_epoch", stepsPerEpoch);
        if (step > firstStep) {
            double seconds = (now - started) * 1e-9;
            json.addProperty("learning_rate", learningRate);
            json.addProperty("images_per_second", imagesPerSecond > 0 ? imagesPerSecond : examples / seconds);
            json.addProperty("seconds_left", seconds / (step - firstStep) * (totalSteps - step));
        }
        if (Double.isFinite(loss)) {
            json.addProperty("loss", loss);
        }
        if (losses != null && learningRates != null) {
            json.add("losses", losses.toJson());
            json.add("learning_rates", learningRates.toJson());
        }
        return json;
    }

    /** The last word. */
    @Override
    public void close() {
        if (losses != null) {
            write(System.nanoTime());
        }
    }
}
