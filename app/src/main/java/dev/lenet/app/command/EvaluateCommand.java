package dev.lenet.app.command;

import dev.lenet.app.console.EvaluationReport;
import dev.lenet.app.usecase.Evaluating;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}. */
@Command(description = "Measures a model on the test images: accuracy, loss, and each digit's precision and recall.")
final class EvaluateCommand extends ConfiguredCommand {

    @Mixin
    final ModelOptions models = new ModelOptions();

    @ArgGroup(exclusive = false)
    @Nullable
    Files files;

    /** Both or neither. */
    static final class Files {
        @Option(
                names = "--images",
                order = 3,
                required = true,
                paramLabel = "IDX",
                description = "Evaluate these images instead, gzipped or raw; together with --labels.")
        Path images = Path.of("");

        @Option(
                names = "--labels",
                order = 4,
                required = true,
                paramLabel = "IDX",
                description = "The labels of --images.")
        Path labels = Path.of("");
    }

    @Override
    List<OptionPlace> options() {
        return List.of(
                new OptionPlace(5, "data.mean", "Mean of the pixels, {range}; otherwise the model's own."),
                new OptionPlace(6, "data.std", "Their standard deviation, {range}; otherwise the model's own."));
    }

    @Override
    public Integer call() {
        Evaluating evaluating = injector().getInstance(Evaluating.class);
        EvaluationReport events = new EvaluationReport(console());
        if (files == null) {
            evaluating.testImages(models.choice(), events);
        } else {
            evaluating.files(models.choice(), files.images, files.labels, events);
        }
        return Program.DONE;
    }
}
