package dev.lenet.app.usecase;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;

/**
 * Binds the engine that was chosen. It knows no engine by name, and starts none before one is asked for.
 *
 * <p>Not a singleton: each injection of a {@code Provider<Engine>} that is asked opens an engine, and who asked closes
 * it.
 */
public final class EngineModule extends AbstractModule {
    private final EngineProvider provider;
    private final EngineOptions options;

    public EngineModule(EngineProvider provider, EngineOptions options) {
        this.provider = provider;
        this.options = options;
    }

    @Provides
    Engine engine() {
        return provider.open(options);
    }
}
