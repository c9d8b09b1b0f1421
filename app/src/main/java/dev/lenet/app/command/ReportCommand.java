package dev.lenet.app.command;

import dev.lenet.api.ConfigException;
import dev.lenet.app.run.Reporting;
import dev.lenet.app.run.RunDirectory;
import dev.lenet.app.run.Runs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report}. */
@Command(
        name = "report",
        description = "Writes report.html, results.png, curves.png and confusion.png of a run or a model.",
        footer = {
            "",
            "Without --run, --model and --config it is of the run that was completed last, or of the configured model if"
                    + " there is none. train ends with the report of its run."
        })
final class ReportCommand extends ConfiguredCommand {
    private boolean modelGiven;

    @Option(
            names = "--run",
            order = 1,
            paramLabel = "NAME",
            description = "The run in models/runs, with its own settings and its model.")
    @Nullable
    String run;

    @Option(
            names = "--model",
            order = 2,
            paramLabel = "FILE",
            description = "A model alone, without a history; with --run, a copy of its model.")
    void model(String value) {
        modelGiven = true;
        global.set("model.file", "--model", value);
    }

    @Option(
            names = "--output",
            order = 3,
            paramLabel = "DIR",
            description = "Where to write; otherwise the run's directory, or ./report for a model alone.")
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
        @Nullable RunDirectory directory = directory();
        if (directory != null) {
            global.config = directory.settings();
        }
        injector().getInstance(Reporting.class).run(directory, output, number(example));
        return Program.DONE;
    }

    /** Null for a model alone. */
    private @Nullable RunDirectory directory() {
        Runs runs = new Runs(workingDirectory());
        if (run == null) {
            return modelGiven || global.config != null
                    ? null
                    : runs.latestComplete().orElse(null);
        }
        if (global.config != null) {
            throw new ConfigException(
                    "report: expected --run or --config, as a run has its own settings, received both."
                            + " Leave one of the two out.");
        }
        return runs.find(run);
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
