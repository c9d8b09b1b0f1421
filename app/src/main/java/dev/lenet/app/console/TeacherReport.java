package dev.lenet.app.console;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.EpochReport;
import org.jspecify.annotations.Nullable;

/** Tells how a teacher's training goes: one line at its end. */
final class TeacherReport extends ProgressReport {
    private final Console console;
    private final int teacher;
    private final int count;
    private double seconds;

    /** @param teacher from 1 to {@code count} */
    TeacherReport(Console console, int teacher, int count) {
        super(console, "teacher " + teacher + "/" + count + "  ");
        this.console = console;
        this.teacher = teacher;
        this.count = count;
    }

    @Override
    public void epochEnded(EpochReport report) {
        seconds += report.seconds();
    }

    @Override
    public void finished(EpochReport last) {
        clearBar();
        console.progress(
                "teacher %d/%d  loss %.4f%s  %.1f s", teacher, count, last.trainingLoss(), validation(last), seconds);
        @Nullable Evaluation validation = last.validation();
        @Nullable Double accuracy = validation == null ? null : (Double) validation.accuracy();
        console.json(Console.event(
                "event", "teacher",
                "teacher", teacher,
                "teachers", count,
                "train_loss", last.trainingLoss(),
                "validation_accuracy", accuracy,
                "seconds", seconds));
    }
}
