package dev.lenet.app.run;

import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.Evaluation;
import dev.lenet.api.training.TrainingListener;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how training goes: a progress bar for whoever watches, a line an epoch for everybody, JSON for programs. */
final class TrainingReport implements TrainingListener, AutoCloseable {
    private final Console console;
    private final int logEvery;
    private long epochs;
    private final @Nullable ProgressBar bar;

    /**
     * @param logEvery steps between two printed losses, 0 for none
     */
    TrainingReport(Console console, int logEvery) {
        this.console = console;
        this.logEvery = logEvery;
        this.bar = console.isInteractive() ? new ProgressBar(console.err()) : null;
    }

    @Override
    public void started(long totalSteps, int stepsPerEpoch) {
        epochs = (totalSteps - 1) / stepsPerEpoch + 1;
        if (bar != null) {
            bar.start(totalSteps, stepsPerEpoch);
        }
    }

    @Override
    public void stepped(long step, int examples) {
        if (bar != null) {
            bar.advance(step, examples);
        }
    }

    @Override
    public void lossKnown(long step, float loss) {
        if (bar != null) {
            bar.loss(loss);
        }
        if (logEvery > 0 && step % logEvery == 0) {
            clearBar();
            console.progress("step %6d  loss %.6f", step, loss);
            console.json(Console.event("event", "step", "step", step, "loss", loss));
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        clearBar();
        @Nullable Evaluation validation = report.validation();
        console.progress(
                "epoch %2d/%d  loss %.4f%s  %,.0f images/s  %.1f s",
                report.epoch(),
                epochs,
                report.trainingLoss(),
                validation == null
                        ? ""
                        : String.format(
                                java.util.Locale.ROOT,
                                "  validation loss %.4f, accuracy %.2f %%",
                                validation.loss(),
                                100 * validation.accuracy()),
                report.examplesPerSecond(),
                report.seconds());
        Map<String, Object> event = Console.event(
                "event", "epoch",
                "epoch", report.epoch(),
                "seconds", report.seconds(),
                "images_per_second", report.examplesPerSecond(),
                "train_loss", report.trainingLoss());
        if (validation != null) {
            event.put("validation_loss", validation.loss());
            event.put("validation_accuracy", validation.accuracy());
        }
        console.json(event);
    }

    private void clearBar() {
        if (bar != null) {
            bar.clear();
        }
    }

    @Override
    public void close() {
        clearBar();
    }
}
