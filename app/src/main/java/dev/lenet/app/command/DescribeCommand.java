package dev.lenet.app.command;

import dev.lenet.app.console.DescriptionReport;
import dev.lenet.app.usecase.Describing;
import dev.lenet.app.usecase.ModelChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code describe}. */
@Command(
        description =
                "Prints the layers of the network that train would train, or of a model and what its file tells: shapes,"
                        + " parameters, multiply-adds, bytes.")
final class DescribeCommand extends ConfiguredCommand {
    @Option(
            names = "--model",
            order = 1,
            paramLabel = "FILE",
            description = "The model in this file, safetensors or ONNX, and its network.")
    @Nullable
    Path model;

    @Option(names = "--run", order = 2, paramLabel = "NAME", description = "The model of this run in models/runs.")
    @Nullable
    String run;

    @Override
    List<OptionPlace> options() {
        return List.of(new OptionPlace(3, "model.network"), new OptionPlace(4, "model.padding"));
    }

    @Override
    public Integer call() {
        injector().getInstance(Describing.class).run(new ModelChoice(run, model), new DescriptionReport(console()));
        return Program.DONE;
    }
}
