package dev.lenet.app.command;

import java.util.List;

/** The settings of training that can be given as options, in the order of the help. */
final class TrainingOptions {
    static final List<OptionPlace> ALL = List.of(
            new OptionPlace(1, "training.epochs"),
            new OptionPlace(2, "training.batch_size"),
            new OptionPlace(3, "training.learning_rate"),
            new OptionPlace(4, "training.optimizer"),
            new OptionPlace(5, "training.momentum"),
            new OptionPlace(6, "training.weight_decay"),
            new OptionPlace(7, "data.validation_size"),
            new OptionPlace(9, "model.file", "Write the model into this file as well as into its run."),
            new OptionPlace(10, "training.max_steps"),
            new OptionPlace(
                    11,
                    "training.shuffle",
                    "Take the images in the order of the file; otherwise each epoch has a random order of its own."),
            new OptionPlace(12, "training.log_every"),
            new OptionPlace(13, "data.mean"),
            new OptionPlace(14, "data.std"),
            new OptionPlace(15, "model.network"),
            new OptionPlace(16, "model.padding"),
            new OptionPlace(17, "training.patience"),
            new OptionPlace(18, "training.teachers"));

    private TrainingOptions() {}
}
