package dev.lenet.app.usecase;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;

/** Binds two engines, for comparing them, as {@link EngineModule} binds one. */
public final class EnginePairModule extends AbstractModule {
    private final EngineProvider first;
    private final EngineProvider second;
    private final EngineOptions options;

    public EnginePairModule(EngineProvider first, EngineProvider second, EngineOptions options) {
        this.first = first;
        this.second = second;
        this.options = options;
    }

    @Provides
    EnginePair engines() {
        return EnginePair.open(first, second, options);
    }
}
