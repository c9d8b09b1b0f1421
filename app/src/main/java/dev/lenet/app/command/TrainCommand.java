package dev.lenet.app.command;

import dev.lenet.app.run.Training;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--epochs", order = 1, paramLabel = "N", description = "Passes over the training images.")
    void epochs(String value) {
        global.override("training.epochs", "--epochs", value);
    }

    @Option(
            names = {"--batch-size", "--batch_size"},
            order = 2,
            paramLabel = "N",
            description = "Images a step.")
    void batchSize(String value) {
        global.override("training.batch_size", "--batch-size", value);
    }

    @Option(names = "--lr", order = 3, paramLabel = "RATE", description = "Learning rate.")
    void learningRate(String value) {
        global.override("training.learning_rate", "--lr", value);
    }

    @Option(names = "--optimizer", order = 4, paramLabel = "NAME", description = "sgd, adam or adamw.")
    void optimizer(String value) {
        global.override("training.optimizer", "--optimizer", value);
    }

    @Option(names = "--momentum", order = 5, paramLabel = "X", description = "Share of the last update that sgd keeps.")
    void momentum(String value) {
        global.override("training.momentum", "--momentum", value);
    }

    @Option(names = "--weight-decay", order = 6, paramLabel = "X", description = "Pull of every weight towards 0.")
    void weightDecay(String value) {
        global.override("training.weight_decay", "--weight-decay", value);
    }

    @Option(
            names = "--validation-size",
            order = 7,
            paramLabel = "N",
            description = "Training images set aside to judge epochs by.")
    void validationSize(String value) {
        global.override("data.validation_size", "--validation-size", value);
    }

    @Option(names = "--output", order = 9, paramLabel = "FILE", description = "Where to write the model.")
    void output(String value) {
        global.override("model.file", "--output", value);
    }

    @Option(
            names = "--max-steps",
            order = 10,
            paramLabel = "N",
            description = "End after that many steps; 0 for no limit.")
    void maxSteps(String value) {
        global.override("training.max_steps", "--max-steps", value);
    }

    @Option(names = "--no-shuffle", order = 11, description = "Take the images in the order of the file.")
    void noShuffle(boolean given) {
        global.override("training.shuffle", "--no-shuffle", String.valueOf(!given));
    }

    @Option(
            names = "--log-every",
            order = 12,
            paramLabel = "N",
            description = "Print the loss every N steps; 0 for never.")
    void logEvery(String value) {
        global.override("training.log_every", "--log-every", value);
    }

    @Option(names = "--mean", order = 13, paramLabel = "X", description = "Mean of the training pixels, in [0, 1].")
    void mean(String value) {
        global.override("data.mean", "--mean", value);
    }

    @Option(names = "--std", order = 14, paramLabel = "X", description = "Standard deviation of the training pixels.")
    void std(String value) {
        global.override("data.std", "--std", value);
    }

    @Option(
            names = "--padding",
            order = 15,
            paramLabel = "N",
            description = "Zeros around the image in the first convolution.")
    void padding(String value) {
        global.override("model.padding", "--padding", value);
    }

    @Override
    public Integer call() {
        injector().getInstance(Training.class).run(init);
        return Program.DONE;
    }
}
