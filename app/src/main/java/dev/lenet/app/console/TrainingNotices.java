package dev.lenet.app.console;

import dev.lenet.api.LenetException;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.api.training.TrainingResult.Ending;
import dev.lenet.app.usecase.Stop;
import dev.lenet.app.usecase.TrainingEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code train} tells, to people and to programs; Ctrl-C asks it to stop. */
public final class TrainingNotices implements TrainingEvents {
    private final Console console;
    private @Nullable Interruption interruption;

    public TrainingNotices(Console console) {
        this.console = console;
    }

    /** The exit code of a process that a signal ended; 0 if none came. */
    public int exitCode() {
        return interruption == null ? 0 : interruption.exitCode();
    }

    @Override
    public void started(Start start) {
        EngineDescription engine = start.engine();
        console.progress("engine   %s on %s (%s)", engine.name(), engine.device(), engine.detail());
        console.progress(
                "data     %s: %,d training, %,d validation, %,d test images",
                start.data().dataset(),
                start.data().training(),
                start.data().validation(),
                start.data().test());
        console.progress(
                "network  %s, %,d parameters",
                start.network().title(), start.network().parameterCount());
        console.progress(
                "run      %s%s", start.directory(), start.fromStep() == 0 ? "" : ", from step " + start.fromStep());
        console.json(Console.event(
                "event", "start",
                "run", start.run(),
                "from_step", start.fromStep(),
                "engine", engine.name(),
                "device", engine.device(),
                "parameters", start.network().parameterCount(),
                "seed", start.seed(),
                "train_examples", start.data().training(),
                "validation_examples", start.data().validation()));
    }

    @Override
    public Stop stop() {
        interruption = new Interruption();
        return interruption;
    }

    @Override
    public Watch teacher(int teacher, int count) {
        return new TeacherReport(console, teacher, count);
    }

    @Override
    public Watch network(int logEvery, double guessing) {
        return new TrainingReport(console, logEvery, guessing);
    }

    @Override
    public void interrupted(Interrupted interrupted) {
        List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--run", interrupted.run()));
        if (interrupted.tensorBoard() != null) {
            arguments.addAll(List.of("--tensorboard", interrupted.tensorBoard().toString()));
        }
        String command = CommandText.of(arguments.toArray(String[]::new));
        String where = interrupted.teacher() > 0
                ? "in the training of teacher " + interrupted.teacher()
                : String.format(Locale.ROOT, "after step %,d", interrupted.step());
        console.problem("Interrupted " + where + "; its checkpoint is in " + interrupted.directory() + ". To go on: "
                + command);
        console.json(Console.event(
                "event", "interrupted", "step", interrupted.step(), "run", interrupted.run(), "resume", command));
    }

    @Override
    public void ended(TrainingResult result, Evaluation evaluation, Path model, double seconds) {
        int best = result.bestEpoch();
        if (result.ending() == Ending.EARLY_STOPPING) {
            console.progress(
                    "stopped  early: no lower validation loss in %d epochs",
                    result.epochs().size() - best);
        }
        if (best > 0) {
            console.progress("best     epoch %d, whose weights are the model's", best);
        }
        console.result(
                "test     accuracy %.2f %%, loss %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), evaluation.count());
        console.result("model    %s, after %.1f s", model, seconds);
        String ending = result.ending().name().toLowerCase(Locale.ROOT);
        console.json(Console.event(
                "event",
                "end",
                "ending",
                ending,
                "best_epoch",
                best,
                "test_accuracy",
                evaluation.accuracy(),
                "test_loss",
                evaluation.loss(),
                "model",
                model.toString(),
                "seconds",
                seconds));
    }

    @Override
    public void reported(Path page) {
        console.progress("report   %s", page);
    }

    @Override
    public void unreported(String run) {
        console.problem("Interrupted after the training; model and run are complete. For the report: "
                + CommandText.of("report", "--run", run));
    }

    @Override
    public void reportFailed(String run, Throwable failure) {
        console.problem("The report could not be written ("
                + (failure instanceof LenetException ? failure.getMessage() : failure)
                + "). Model and run are complete; to try again: " + CommandText.of("report", "--run", run));
    }
}
