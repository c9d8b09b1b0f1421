package dev.lenet.app.command;

import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.console.ServingReport;
import dev.lenet.app.usecase.Serving;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
        description =
                "Opens a page on this machine where one draws a digit and sees it read, and follows a training run.",
        footer = {"", "It prints the page's address and answers on 127.0.0.1 alone, until Ctrl-C (exit code 130)."})
final class ServeCommand extends ConfiguredCommand {
    private static final String DEFAULT_PORT = "8080";

    @Option(
            names = "--port",
            order = 3,
            paramLabel = "N",
            defaultValue = DEFAULT_PORT,
            description = "Where to listen; 0 for any port that is free; otherwise " + DEFAULT_PORT + ".")
    int port;

    @Mixin
    final ModelOptions models = new ModelOptions();

    @Override
    public Integer call() {
        LoadedConfig loaded = configuration();
        ServingReport report = new ServingReport(console());
        injector(loaded)
                .getInstance(Serving.class)
                .run(models.choice(), port, Engines.all(), engineOptions(loaded.config()), report);
        return report.exitCode();
    }
}
