package dev.lenet.app.command;

import dev.lenet.app.config.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The settings of training that can be given as options. They keep their text: the configuration checks them, with the
 * same rules and messages as in a file.
 */
final class TrainingOptions {
    private final List<Setting> settings = new ArrayList<>();

    @Option(names = "--epochs", order = 1, paramLabel = "N", description = "Passes over the training images.")
    void epochs(String value) {
        settings.add(new Setting("training.epochs", "--epochs", value));
    }

    @Option(
            names = {"--batch-size", "--batch_size"},
            order = 2,
            paramLabel = "N",
            description = "Images a step.")
    void batchSize(String value) {
        settings.add(new Setting("training.batch_size", "--batch-size", value));
    }

    @Option(names = "--lr", order = 3, paramLabel = "RATE", description = "Learning rate.")
    void learningRate(String value) {
        settings.add(new Setting("training.learning_rate", "--lr", value));
    }

    @Option(names = "--optimizer", order = 4, paramLabel = "NAME", description = "sgd, adam or adamw.")
    void optimizer(String value) {
        settings.add(new Setting("training.optimizer", "--optimizer", value));
    }

    @Option(names = "--momentum", order = 5, paramLabel = "X", description = "Share of the last update that sgd keeps.")
    void momentum(String value) {
        settings.add(new Setting("training.momentum", "--momentum", value));
    }

    @Option(names = "--weight-decay", order = 6, paramLabel = "X", description = "Pull of every weight towards 0.")
    void weightDecay(String value) {
        settings.add(new Setting("training.weight_decay", "--weight-decay", value));
    }

    @Option(
            names = "--validation-size",
            order = 7,
            paramLabel = "N",
            description = "Training images set aside to judge epochs by.")
    void validationSize(String value) {
        settings.add(new Setting("data.validation_size", "--validation-size", value));
    }

    @Option(names = "--output", order = 9, paramLabel = "FILE", description = "Where to write the model.")
    void output(String value) {
        settings.add(new Setting("model.file", "--output", value));
    }

    @Option(
            names = "--max-steps",
            order = 10,
            paramLabel = "N",
            description = "End after that many steps; 0 for no limit.")
    void maxSteps(String value) {
        settings.add(new Setting("training.max_steps", "--max-steps", value));
    }

    @Option(names = "--no-shuffle", order = 11, description = "Take the images in the order of the file.")
    void noShuffle(boolean given) {
        settings.add(new Setting("training.shuffle", "--no-shuffle", String.valueOf(!given)));
    }

    @Option(
            names = "--log-every",
            order = 12,
            paramLabel = "N",
            description = "Print the loss every N steps; 0 for never.")
    void logEvery(String value) {
        settings.add(new Setting("training.log_every", "--log-every", value));
    }

    @Option(names = "--mean", order = 13, paramLabel = "X", description = "Mean of the training pixels, in [0, 1].")
    void mean(String value) {
        settings.add(new Setting("data.mean", "--mean", value));
    }

    @Option(names = "--std", order = 14, paramLabel = "X", description = "Standard deviation of the training pixels.")
    void std(String value) {
        settings.add(new Setting("data.std", "--std", value));
    }

    @Option(
            names = "--padding",
            order = 15,
            paramLabel = "N",
            description = "Zeros around the image in the first convolution.")
    void padding(String value) {
        settings.add(new Setting("model.padding", "--padding", value));
    }

    @Option(
            names = "--patience",
            order = 16,
            paramLabel = "N",
            description = "Epochs without a lower validation loss after which to end, keeping the best; 0 for never.")
    void patience(String value) {
        settings.add(new Setting("training.patience", "--patience", value));
    }

    @Option(
            names = "--teachers",
            order = 17,
            paramLabel = "N",
            description =
                    "Train so many networks first, and learn from what they say together; 0 to learn from labels.")
    void teachers(String value) {
        settings.add(new Setting("training.teachers", "--teachers", value));
    }

    /** In the order they were given. */
    List<Setting> settings() {
        return settings;
    }
}
