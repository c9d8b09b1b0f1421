package dev.lenet.app.usecase;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.storage.Runs;
import dev.lenet.datasets.DatasetFinder;
import java.nio.file.Path;

/** Binds what every command works with: the configuration, who hears notices, and where files are found. */
public final class RunModule extends AbstractModule {
    private final LoadedConfig loaded;
    private final Notices notices;
    private final Path workingDirectory;
    private final boolean offline;

    public RunModule(LoadedConfig loaded, Notices notices, Path workingDirectory, boolean offline) {
        this.loaded = loaded;
        this.notices = notices;
        this.workingDirectory = workingDirectory;
        this.offline = offline;
    }

    @Override
    protected void configure() {
        bind(LoadedConfig.class).toInstance(loaded);
        bind(Config.class).toInstance(loaded.config());
        bind(Notices.class).toInstance(notices);
        bind(Installation.class).toInstance(Installation.running(workingDirectory));
        bind(Runs.class).toInstance(new Runs(workingDirectory));
    }

    @Provides
    @Singleton
    DatasetFinder finder() {
        return offline
                ? DatasetFinder.offline(
                        "--offline forbids fetching them: put them there, gzipped or not, or leave" + " --offline out.")
                : DatasetFinder.fetching(notices::problem);
    }
}
