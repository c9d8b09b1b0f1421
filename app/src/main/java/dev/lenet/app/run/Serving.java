package dev.lenet.app.run;

import dev.lenet.api.ConfigException;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.config.Config;
import dev.lenet.app.serve.LocalServer;
import dev.lenet.app.serve.ServedEngines;
import dev.lenet.app.serve.ServedModel;
import dev.lenet.datasets.DatasetFinder;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;

/** The {@code serve} command: a page on this machine, until somebody ends it. */
public final class Serving {
    private static final int MOST_PORT = 65535;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Config config;
    private final TrainedModels models;
    private final Installation installation;
    private final Console console;

    @Inject
    Serving(Config config, TrainedModels models, Installation installation, Console console) {
        this.config = config;
        this.models = models;
        this.installation = installation;
        this.console = console;
    }

    /**
     * Opens the configured engine and serves until a signal, or an interrupt of this thread, ends it.
     *
     * @param port 0 for any that is free
     * @param providers of all engines that the page may switch to
     * @return the exit code of a process that a signal ended
     */
    public int run(int port, List<EngineProvider> providers, EngineOptions options, Path workingDirectory) {
        if (port < 0 || port > MOST_PORT) {
            throw new ConfigException("--port: expected a number from 0 to " + MOST_PORT + ", received " + port
                    + ". Choose another, or 0 for any that is free.");
        }
        // A request for the page must not start a download.
        DatasetFinder finder = DatasetFinder.offline("The page fetches nothing: put them there, gzipped or not.");
        RunMistakes mistakes =
                new RunMistakes(workingDirectory, itsOwn -> new Datasets(itsOwn, installation, finder, console));
        try (ServedEngines engines = new ServedEngines(providers, config.engine(), options, model());
                Interruption interruption = new Interruption()) {
            EngineDescription engine = engines.openFirst().describe();
            try (LocalServer server =
                    LocalServer.start(port, engines, new WatchedRuns(new Runs(workingDirectory), mistakes))) {
                announce(engine, server);
                while (!interruption.getAsBoolean()) {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
                return interruption.exitCode();
            }
        } catch (InterruptedException e) {
            return Interruption.BY_CTRL_C;
        }
    }

    private ServedModel model() {
        ModelFile file = models.read();
        return new ServedModel(config.model().file().toString(), models.prepared(file), models.readsCharacters(file));
    }

    private void announce(EngineDescription engine, LocalServer server) {
        console.progress("engine   %s on %s (%s)", engine.name(), engine.device(), engine.detail());
        console.progress("model    %s", config.model().file());
        console.result("page     %s", server.url());
        console.note("Ctrl-C ends it.");
        console.json(Console.event(
                "event", "serving", "url", server.url().toString(), "port", server.port(), "engine", engine.name()));
    }
}
