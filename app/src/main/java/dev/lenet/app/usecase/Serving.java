package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.config.Config;
import dev.lenet.app.serve.LocalServer;
import dev.lenet.app.serve.ServedEngines;
import dev.lenet.app.serve.ServedModel;
import dev.lenet.app.storage.Runs;
import dev.lenet.datasets.DatasetFinder;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The {@code serve} command: a page on this machine, until the user ends it. */
public final class Serving {
    private static final int MOST_PORT = 65535;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Config config;
    private final TrainedModels models;
    private final Installation installation;
    private final Runs runs;
    private final Notices notices;

    /** Hears where the page is, and may ask to end it. */
    public interface Events {
        Stop stop();

        /** @param model its file, as users see it */
        void serving(EngineDescription engine, Path model, URI url, int port);
    }

    @Inject
    Serving(Config config, TrainedModels models, Installation installation, Runs runs, Notices notices) {
        this.runs = runs;
        this.config = config;
        this.models = models;
        this.installation = installation;
        this.notices = notices;
    }

    /**
     * Opens the configured engine and serves until it is asked to stop, or this thread is interrupted.
     *
     * @param port 0 for any that is free
     * @param providers of all engines that the page may switch to
     */
    public void run(
            ModelChoice choice, int port, List<EngineProvider> providers, EngineOptions options, Events events) {
        if (port < 0 || port > MOST_PORT) {
            throw new ConfigException("--port: expected a number from 0 to " + MOST_PORT + ", received " + port
                    + ". Choose another, or 0 for any that is free.");
        }
        // A request for the page must not start a download.
        DatasetFinder finder = DatasetFinder.offline("The page fetches nothing: put them there, gzipped or not.");
        RunMistakes mistakes = new RunMistakes(itsOwn -> new Datasets(itsOwn, installation, finder, notices));
        TrainedModel trained = models.find(choice);
        try (ServedEngines engines = new ServedEngines(providers, config.engine(), options, served(trained));
                Stop stop = events.stop()) {
            EngineDescription engine = engines.openFirst().describe();
            try (LocalServer server = LocalServer.start(port, engines, new WatchedRuns(runs, mistakes))) {
                events.serving(engine, trained.path(), server.url(), server.port());
                while (!stop.getAsBoolean()) {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServedModel served(TrainedModel trained) {
        ModelFile file = trained.file();
        return new ServedModel(trained.path().toString(), models.prepared(file), models.preparation(file));
    }
}
