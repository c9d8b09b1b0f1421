package dev.lenet.app.command;

import dev.lenet.app.usecase.ModelChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trained model a command works with. */
final class ModelOptions {
    @Option(
            names = "--model",
            order = 1,
            paramLabel = "FILE",
            description =
                    "The model in this file, safetensors or ONNX. Default: model.file of config.yaml; if that is auto, the model of the newest run"
                            + " that got to its end, else the one that came with the program.")
    @Nullable
    Path model;

    @Option(
            names = "--run",
            order = 2,
            paramLabel = "NAME",
            description = "The model of this run in models/runs, with the data it was trained for.")
    @Nullable
    String run;

    ModelChoice choice() {
        return new ModelChoice(run, model);
    }
}
