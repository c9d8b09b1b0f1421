package dev.lenet.app.command;

import dev.lenet.app.console.ImportReport;
import dev.lenet.app.usecase.Importing;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(
        description =
                "Reads an ONNX file of another program, and writes it as a model for evaluate, predict, serve and report.")
final class ImportCommand extends ConfiguredCommand {

    @Parameters(paramLabel = "FILE", description = "The ONNX file.")
    Path file = Path.of("");

    @Option(
            names = "--output",
            order = 1,
            required = true,
            paramLabel = "MODEL",
            description = "The model file to write.")
    Path output = Path.of("");

    @Override
    public Integer call() {
        injector().getInstance(Importing.class).run(file, output, new ImportReport(console()));
        return Program.DONE;
    }
}
