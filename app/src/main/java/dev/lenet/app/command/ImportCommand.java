package dev.lenet.app.command;

import dev.lenet.app.console.ImportReport;
import dev.lenet.app.usecase.Importing;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(
        description =
                "Reads a model of another program, ONNX or weights that PyTorch saved as safetensors, and writes it as a model for"
                        + " all other commands.")
final class ImportCommand extends ConfiguredCommand {

    @Parameters(paramLabel = "FILE", description = "The ONNX or safetensors file.")
    Path file = Path.of("");

    @Option(
            names = "--output",
            order = 1,
            required = true,
            paramLabel = "MODEL",
            description = "The model file to write.")
    Path output = Path.of("");

    @Override
    List<OptionPlace> options() {
        return List.of(
                new OptionPlace(
                        2,
                        "model.network",
                        "Weights: the network they are of, {range}; otherwise lenet5, mlp or resnet8, whichever fits. Those of"
                                + " lenet5-tanh are like those of lenet5."),
                new OptionPlace(
                        3, "model.padding", "Weights: the padding, {range}; otherwise one that fits, 2 or 0 first."),
                new OptionPlace(
                        4,
                        "data.mean",
                        "Mean of the pixels, {range}; otherwise the file's own or, of weights, MNIST's."),
                new OptionPlace(
                        5,
                        "data.std",
                        "Their standard deviation, {range}; otherwise the file's own or, of weights, MNIST's."));
    }

    @Override
    public Integer call() {
        injector().getInstance(Importing.class).run(file, output, new ImportReport(console()));
        return Program.DONE;
    }
}
