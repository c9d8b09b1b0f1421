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
import java.util.List;

/** The {@code serve} command: a page on this machine, until somebody ends it. */
public final class Serving {
    private static final int MOST_PORT = 65535;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Config config;
    private final TrainedModels models;
    private final Installation installation;
    private final Runs runs;
    private final Console console;

    @Inject
    Serving(Config config, TrainedModels models, Installation installation, Runs runs, Console console) {
        this.runs = runs;
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
    public int run(ModelChoice choice, int port, List<EngineProvider> providers, EngineOptions options) {
        if (port < 0 || port > MOST_PORT) {
            throw new ConfigException("--port: expected a number from 0 to " + MOST_PORT + ", received " + port
                    + ". Choose another, or 0 for any that is free.");
        }
        // A request for the page must not start a download.
        DatasetFinder finder = DatasetFinder.offline("The page fetches nothing: put them there, gzipped or not.");
        RunMistakes mistakes = new RunMistakes(itsOwn -> new Datasets(itsOwn, installation, finder, console));
        TrainedModel trained = models.find(choice);
        trained.tell(console);
        try (ServedEngines engines = new ServedEngines(providers, config.engine(), options, served(trained));
                Interruption interruption = new Interruption()) {
            EngineDescription engine = engines.openFirst().describe();
            try (LocalServer server = LocalServer.start(port, engines, new WatchedRuns(runs, mistakes))) {
                announce(engine, trained, server);
                while (!interruption.getAsBoolean()) {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
                return interruption.exitCode();
            }
        } catch (InterruptedException e) {
            return Interruption.BY_CTRL_C;
        }
    }

    private ServedModel served(TrainedModel trained) {
        ModelFile file = trained.file();
        return new ServedModel(trained.path().toString(), models.prepared(file), models.readsCharacters(file));
    }

    private void announce(EngineDescription engine, TrainedModel trained, LocalServer server) {
        console.progress("engine   %s on %s (%s)", engine.name(), engine.device(), engine.detail());
        console.progress("model    %s", trained.path());
        console.result("page     %s", server.url());
        console.note("Ctrl-C ends it.");
        console.json(Console.event(
                "event",
                "serving",
                "url",
                server.url().toString(),
                "port",
                server.port(),
                "engine",
                engine.name(),
                "model",
                trained.path().toString()));
    }
}
