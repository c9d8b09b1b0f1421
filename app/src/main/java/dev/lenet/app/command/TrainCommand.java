package dev.lenet.app.command;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DivergedException;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.console.CommandText;
import dev.lenet.app.console.TrainingNotices;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.Runs;
import dev.lenet.app.usecase.ResumableDivergence;
import dev.lenet.app.usecase.Training;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train}. */
@Command(
        description = "Trains the network, prints its test accuracy, and writes the model.",
        footer = {
            "",
            "Each run keeps its settings, history, checkpoints and model in models/runs/NAME. Ctrl-C saves a checkpoint and says"
                    + " how to go on; a second Ctrl-C leaves at once. What no option says is as in config.yaml."
        })
final class TrainCommand extends ConfiguredCommand {

    @Option(
            names = "--init",
            order = 8,
            paramLabel = "FILE",
            description = "Start from the weights of this safetensors file.")
    @Nullable
    Path init;

    @Option(
            names = "--run",
            order = 18,
            paramLabel = "NAME",
            description = "Name of the run; otherwise date and time, or with --resume the latest.")
    @Nullable
    String run;

    @Option(
            names = "--resume",
            order = 19,
            description = "Go on with a run, with its settings; other options change them.")
    boolean resume;

    @Option(
            names = "--tensorboard",
            order = 20,
            paramLabel = "DIR",
            description = "Write an event file for TensorBoard into this directory.")
    @Nullable
    Path tensorBoard;

    @Override
    List<OptionPlace> options() {
        return TrainingOptions.ALL;
    }

    @Override
    public Integer call() {
        Runs runs = new Runs(workingDirectory());
        RunDirectory directory = resume ? runs.find(run) : runs.fresh(run);
        if (resume) {
            refuse("--init", init);
            refuse("--config", global.config);
            global.config = directory.settings();
        }
        LoadedConfig loaded = configuration();
        TrainingNotices notices = new TrainingNotices(console());
        try {
            Training training = injector(loaded).getInstance(Training.class);
            boolean complete = training.run(directory, loaded.yaml(), resume, init, tensorBoard, notices);
            return complete ? Program.DONE : notices.exitCode();
        } catch (ResumableDivergence e) {
            String command =
                    CommandText.of("train", "--resume", "--run", e.run(), "--lr", String.valueOf(e.lowerRate()));
            throw new DivergedException(
                    e.getMessage() + " To go on from the last checkpoint with half of it: " + command, e);
        }
    }

    private static void refuse(String option, @Nullable Path given) {
        if (given != null) {
            throw new ConfigException("--resume: expected no " + option + ", as a run goes on with its own settings and"
                    + " weights, received " + given + ". Leave one of the two out.");
        }
    }
}
