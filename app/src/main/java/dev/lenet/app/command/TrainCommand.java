package dev.lenet.app.command;

import dev.lenet.app.config.Setting;
import dev.lenet.app.run.Training;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}. */
@Command(
        name = "train",
        description = "Trains the network, prints its test accuracy, and writes the model.",
        footer = {"", "Defaults are those of config.yaml."})
final class TrainCommand extends ConfiguredCommand {

    @Option(
            names = "--init",
            order = 8,
            paramLabel = "FILE",
            description = "Start from the weights of this safetensors file.")
    @Nullable
    Path init;

    @Mixin
    final TrainingOptions options = new TrainingOptions();

    @Override
    List<Setting> settings() {
        return options.settings();
    }

    @Override
    public Integer call() {
        injector().getInstance(Training.class).run(init);
        return Program.DONE;
    }
}
