package dev.lenet.app.command;

import dev.lenet.app.run.Predicting;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}. */
@Command(name = "predict", description = "Reads the digit in each picture: PNG, JPEG, GIF or BMP, of any size.")
final class PredictCommand extends ConfiguredCommand {

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Pictures of one digit each.")
    List<Path> images = List.of();

    @Option(
            names = "--model",
            order = 1,
            paramLabel = "FILE",
            description = "The model; otherwise model.file of config.yaml.")
    void model(String value) {
        global.set("model.file", "--model", value);
    }

    @Override
    public Integer call() {
        return injector().getInstance(Predicting.class).run(images) ? Program.DONE : Program.WRONG;
    }
}
