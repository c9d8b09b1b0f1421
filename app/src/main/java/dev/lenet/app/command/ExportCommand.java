package dev.lenet.app.command;

import dev.lenet.api.ConfigException;
import dev.lenet.app.console.ExportReport;
import dev.lenet.app.usecase.Exporting;
import dev.lenet.interop.OnnxOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}. */
@Command(
        description =
                "Writes a model for other programs: ONNX, safetensors with PyTorch's names, source code in Java or C, or a web page"
                        + " with the model inside, on which one draws.")
final class ExportCommand extends ConfiguredCommand {

    @Mixin
    final ModelOptions models = new ModelOptions();

    @Option(names = "--output", order = 3, required = true, paramLabel = "FILE", description = "The file to write.")
    Path output = Path.of("");

    @Option(
            names = "--format",
            order = 4,
            paramLabel = "FORMAT",
            description = "onnx, safetensors, java, c or html; otherwise what the ending of FILE says.")
    @Nullable
    String format;

    @Option(
            names = "--opset",
            order = 5,
            paramLabel = "N",
            description = "ONNX: the set of operators, 13 or 17. Default: 17.")
    int opset = OnnxOptions.DEFAULT.opset();

    @Option(
            names = "--with-preprocessing",
            order = 6,
            description =
                    "ONNX: pixels from 0 to 255 go in, and probabilities come out; otherwise normalised images and logits.")
    boolean preprocessing;

    @Option(names = "--int8", order = 7, description = "C: integers alone, with weights of 8 bits; otherwise floats.")
    boolean int8;

    @Override
    public Integer call() {
        OnnxOptions onnx;
        try {
            onnx = OnnxOptions.DEFAULT.withOpset(opset).withPreprocessing(preprocessing);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--opset: " + e.getMessage(), e);
        }
        injector()
                .getInstance(Exporting.class)
                .run(models.choice(), format, output, new Exporting.Wishes(onnx, int8), new ExportReport(console()));
        return Program.DONE;
    }
}
