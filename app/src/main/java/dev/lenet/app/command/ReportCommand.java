package dev.lenet.app.command;

import dev.lenet.api.ConfigException;
import dev.lenet.app.console.ReportNotice;
import dev.lenet.app.usecase.Reporting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}. */
@Command(
        description = "Writes report.html, results.png, curves.png and confusion.png of a run or a model.",
        footer = {"", "Of a model alone it has no history. train ends with the report of its run."})
final class ReportCommand extends ConfiguredCommand {
    @Mixin
    final ModelOptions models = new ModelOptions();

    @Option(
            names = "--output",
            order = 3,
            paramLabel = "DIR",
            description = "Where to write; otherwise the run's directory, or reports/NAME for a model alone.")
    @Nullable
    Path output;

    @Option(
            names = "--example",
            order = 4,
            paramLabel = "N",
            description = "Test image, from 0, whose feature maps are shown first.")
    @Nullable
    String example;

    @Override
    public Integer call() {
        injector()
                .getInstance(Reporting.class)
                .run(models.choice(), output, number(example), new ReportNotice(console()));
        return Program.DONE;
    }

    private static @Nullable Integer number(@Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new ConfigException(
                    "--example: expected the number of a test image, received '" + text + "'. The first is 0.", e);
        }
    }
}
