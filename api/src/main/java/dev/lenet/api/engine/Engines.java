package dev.lenet.api.engine;

import dev.lenet.api.EngineUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the engines on the class path. */
public final class Engines {
    private Engines() {}

    /**
     * All providers, sorted by name.
     *
     * @throws EngineUnavailableException if a service file names a class that is not there or is no provider
     */
    public static List<EngineProvider> all() {
        List<EngineProvider> providers = new ArrayList<>();
        try {
            ServiceLoader.load(EngineProvider.class).forEach(providers::add);
        } catch (ServiceConfigurationError e) {
            throw new EngineUnavailableException(
                    "Engines: a service file on the class path is broken (" + e.getMessage()
                            + "). Rebuild or remove the jar that holds it.",
                    e);
        }
        providers.sort((a, b) -> a.name().compareTo(b.name()));
        return providers;
    }

    /**
     * The provider of that name.
     *
     * @throws EngineUnavailableException if there is none; the message lists those that are there
     */
    public static EngineProvider named(String name) {
        List<EngineProvider> all = all();
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineUnavailableException("Engine '" + name + "': expected one of "
                        + all.stream().map(EngineProvider::name).toList() + ", received '" + name
                        + "'. Choose one of these, or put the engine's jar on the class path."));
    }
}
