package dev.lenet.app.run;

import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.Evaluation;
import dev.lenet.api.training.TrainingListener;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how a teacher's training goes: a progress bar for whoever watches, and one line at its end. */
final class TeacherReport implements TrainingListener, AutoCloseable {
    private final Console console;
    private final int teacher;
    private final int count;
    private final @Nullable ProgressBar bar;
    private double seconds;

    /** @param teacher from 1 to {@code count} */
    TeacherReport(Console console, int teacher, int count) {
        this.console = console;
        this.teacher = teacher;
        this.count = count;
        this.bar = console.isInteractive()
                ? new ProgressBar(console.err(), "teacher " + teacher + "/" + count + "  ")
                : null;
    }

    @Override
    public void started(long step, long totalSteps, int stepsPerEpoch) {
        if (bar != null) {
            bar.start(step, totalSteps, stepsPerEpoch);
        }
    }

    @Override
    public void stepped(long step, int examples, double learningRate) {
        if (bar != null) {
            bar.advance(step, examples, learningRate);
        }
    }

    @Override
    public void lossKnown(long step, float loss) {
        if (bar != null) {
            bar.loss(loss);
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        seconds += report.seconds();
    }

    /** @param last of its epochs */
    void ended(EpochReport last) {
        close();
        @Nullable Evaluation validation = last.validation();
        console.progress(
                "teacher %d/%d  loss %.4f%s  %.1f s",
                teacher,
                count,
                last.trainingLoss(),
                validation == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  validation loss %.4f, accuracy %.2f %%",
                                validation.loss(),
                                100 * validation.accuracy()),
                seconds);
        console.json(Console.event(
                "event",
                "teacher",
                "teacher",
                teacher,
                "teachers",
                count,
                "train_loss",
                last.trainingLoss(),
                "validation_accuracy",
                validation == null ? null : validation.accuracy(),
                "seconds",
                seconds));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.clear();
        }
    }
}
