package dev.lenet.app.command;

import dev.lenet.app.console.EvaluationReport;
import dev.lenet.app.usecase.Evaluating;
import dev.lenet.app.usecase.TrainedModels.Preparation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures a model on the test images: accuracy, loss, and each digit's precision and recall.")
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

    @Option(names = "--mean", order = 5, paramLabel = "X", description = "Instead of the model's own.")
    void mean(String value) {
        mean = true;
        global.set("data.mean", "--mean", value);
    }

    @Option(names = "--std", order = 6, paramLabel = "X", description = "Instead of the model's own.")
    void std(String value) {
        std = true;
        global.set("data.std", "--std", value);
    }

    private boolean mean;
    private boolean std;

    @Override
    public Integer call() {
        Evaluating evaluating = injector().getInstance(Evaluating.class);
        Preparation preparation = new Preparation(mean, std);
        EvaluationReport events = new EvaluationReport(console());
        if (files == null) {
            evaluating.testImages(models.choice(), preparation, events);
        } else {
            evaluating.files(models.choice(), files.images, files.labels, preparation, events);
        }
        return Program.DONE;
    }
}
