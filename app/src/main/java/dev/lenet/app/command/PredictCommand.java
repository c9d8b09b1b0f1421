package dev.lenet.app.command;

import dev.lenet.app.console.PredictionReport;
import dev.lenet.app.usecase.Predicting;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}. */
@Command(
        description = {
            "Reads the digit in each picture: PNG, JPEG, GIF or BMP, of any size; ink darker or lighter than its ground.",
            "",
            "A picture in which nothing stands out is refused (exit code 2). What has a probability below 80 %%, is stranger"
                    + " than 99 of 100 training images (\"novelty\" above 1 in JSON), or looks like several digits, is called"
                    + " doubtful (exit code 0, \"doubtful\": true in JSON)."
        })
final class PredictCommand extends ConfiguredCommand {

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Pictures of one digit each, unless --segment.")
    List<Path> images = List.of();

    @Mixin
    final ModelOptions models = new ModelOptions();

    @Option(
            names = "--segment",
            order = 3,
            description = "Read several digits, line by line from left to right. Digits that touch are taken for one;"
                    + " dots and dashes are left out; a doubtful digit is a '?'.")
    boolean segment;

    @Option(
            names = "--show",
            order = 4,
            description = "Draw the 28x28 pixels that the model saw; with --json, list them from 0 to 255.")
    boolean show;

    @Option(
            names = "--debug-image",
            order = 5,
            paramLabel = "FILE.png",
            description =
                    "Write the 28x28 pixels that the model saw; of several pictures to FILE-1.png, FILE-2.png ...,"
                            + " with --segment of each digit.")
    @Nullable
    Path debugImage;

    @Override
    public Integer call() {
        Predicting.Wishes wishes = new Predicting.Wishes(segment, debugImage);
        PredictionReport report = new PredictionReport(console(), show);
        return injector().getInstance(Predicting.class).run(models.choice(), images, wishes, report)
                ? Program.DONE
                : Program.WRONG;
    }
}
