package dev.lenet.app.run;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Network;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.api.training.TrainingResult.Ending;
import dev.lenet.app.config.Config;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code train} tells at its start and at its end, to people and to programs. */
final class TrainingNotices {
    private final Config config;
    private final Console console;

    TrainingNotices(Config config, Console console) {
        this.config = config;
        this.console = console;
    }

    void started(
            EngineDescription engine,
            Network network,
            Split split,
            ImageDataset test,
            RunDirectory directory,
            @Nullable Checkpoint checkpoint) {
        console.progress("engine   %s on %s (%s)", engine.name(), engine.device(), engine.detail());
        console.progress(
                "data     %s: %,d training, %,d validation, %,d test images",
                config.data().dataset().id(),
                split.training().size(),
                split.validation().size(),
                test.size());
        console.progress("network  LeNet-5, %,d parameters", network.parameterCount());
        long step = checkpoint == null ? 0 : checkpoint.step();
        console.progress("run      %s%s", directory.shown(), step == 0 ? "" : ", from step " + step);
        console.json(Console.event(
                "event", "start",
                "run", directory.name(),
                "from_step", step,
                "engine", engine.name(),
                "device", engine.device(),
                "parameters", network.parameterCount(),
                "seed", config.seed(),
                "train_examples", split.training().size(),
                "validation_examples", split.validation().size()));
    }

    /**
     * @param where of the run, in words
     * @param step of its own network
     */
    void interrupted(RunDirectory directory, String where, long step, @Nullable Path tensorBoard) {
        String command = tensorBoard == null
                ? CommandText.of("train", "--resume", "--run", directory.name())
                : CommandText.of(
                        "train", "--resume", "--run", directory.name(), "--tensorboard", tensorBoard.toString());
        console.problem(
                "Interrupted " + where + "; its checkpoint is in " + directory.shown() + ". To go on: " + command);
        console.json(Console.event("event", "interrupted", "step", step, "run", directory.name(), "resume", command));
    }

    void ended(TrainingResult result, Evaluation evaluation, Path model, double seconds) {
        int best = result.bestEpoch();
        if (result.ending() == Ending.EARLY_STOPPING) {
            console.progress(
                    "stopped  early: no lower validation loss in %d epochs",
                    result.epochs().size() - best);
        }
        if (best > 0) {
            console.progress("best     epoch %d, which the model is of", best);
        }
        console.result(
                "test     accuracy %.2f %%, loss %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), evaluation.count());
        console.result("model    %s, after %.1f s", model, seconds);
        console.json(Console.event(
                "event",
                "end",
                "ending",
                result.ending().name().toLowerCase(Locale.ROOT),
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
}
