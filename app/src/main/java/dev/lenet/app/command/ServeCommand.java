package dev.lenet.app.command;

import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.Config;
import dev.lenet.app.run.Serving;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
        name = "serve",
        description =
                "Opens a page on this machine where one draws a digit and sees it read, and follows a training run.",
        footer = {"", "It prints the page's address and answers on 127.0.0.1 alone, until Ctrl-C (exit code 130)."})
final class ServeCommand extends ConfiguredCommand {
    private static final String DEFAULT_PORT = "8080";

    @Option(
            names = "--port",
            order = 1,
            paramLabel = "N",
            defaultValue = DEFAULT_PORT,
            description = "Where to listen; 0 for any port that is free; otherwise " + DEFAULT_PORT + ".")
    int port;

    @Option(
            names = "--model",
            order = 2,
            paramLabel = "FILE",
            description = "The model; otherwise model.file of config.yaml.")
    void model(String value) {
        global.set("model.file", "--model", value);
    }

    @Override
    public Integer call() {
        Config config = configuration().config();
        return injector(config)
                .getInstance(Serving.class)
                .run(port, Engines.all(), engineOptions(config), workingDirectory());
    }
}
