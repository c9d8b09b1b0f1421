package dev.lenet.api.engine;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Finds the engines on the class path. */
public final class Engines {
    private Engines() {}

    /**
     * All providers, sorted by name: those that the thread's context class loader sees, and those that the one of this class
     * does. A thread of a pool, or one that native code attached, may have a context in which no engine is.
     *
     * @throws EngineUnavailableException if a service file names a class that is not there or is no provider
     */
    public static List<EngineProvider> all() {
        return sorted(List.of(
                ServiceLoader.load(EngineProvider.class),
                ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader())));
    }

    /**
     * All providers that a class loader sees, sorted by name: for programs whose engines are plug-ins loaded at run time.
     *
     * @throws EngineUnavailableException if a service file names a class that is not there or is no provider
     */
    public static List<EngineProvider> all(ClassLoader loader) {
        return sorted(List.of(ServiceLoader.load(EngineProvider.class, loader)));
    }

    /** Of a class that several loaders find, the first. */
    private static List<EngineProvider> sorted(List<ServiceLoader<EngineProvider>> loaders) {
        List<EngineProvider> providers = new ArrayList<>();
        Set<String> classes = new HashSet<>();
        try {
            for (ServiceLoader<EngineProvider> loader : loaders) {
                loader.stream()
                        .filter(found -> classes.add(found.type().getName()))
                        .forEach(found -> providers.add(found.get()));
            }
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
     * The provider to take where the user names none: of the engines that can run here, the one with the highest {@link
     * EngineProvider#priority}; of equals, the first by name. Those after it are not probed.
     *
     * @throws EngineUnavailableException if none can run; the message says what each is missing
     */
    public static EngineProvider best(EngineOptions options) {
        StringBuilder missing = new StringBuilder();
        List<EngineProvider> byPriority = new ArrayList<>(all());
        byPriority.sort(Comparator.comparingInt(EngineProvider::priority).reversed());
        for (EngineProvider provider : byPriority) {
            if (!(provider.probe(options) instanceof Unavailable unavailable)) {
                return provider;
            }
            missing.append(" '").append(provider.name()).append("' cannot run: ");
            missing.append(unavailable.reason()).append(' ').append(unavailable.remedy());
        }
        throw new EngineUnavailableException("Engines: expected one that can run here, found none."
                + (byPriority.isEmpty() ? " Put the jar of one on the class path." : missing));
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
