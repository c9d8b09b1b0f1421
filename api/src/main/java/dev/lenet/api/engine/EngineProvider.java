package dev.lenet.api.engine;

import dev.lenet.api.EngineUnavailableException;
import java.util.List;

/**
 * How an engine is found: name an implementation in {@code META-INF/services/dev.lenet.api.engine.EngineProvider}.
 *
 * <p>Constructing a provider loads nothing and starts nothing.
 */
public interface EngineProvider {

    /** The engine's name, by which users ask for it: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Finds out whether the engine could run here with those options. May be slow, and may load native libraries; never
     * throws for something that is merely missing, and never opens a network connection.
     */
    Availability probe(EngineOptions options);

    /**
     * Starts the engine.
     *
     * @throws EngineUnavailableException if it cannot run, or has no such device: it never takes another one silently,
     *     except for {@code auto}, which is an invitation to choose
     */
    Engine open(EngineOptions options);

    /**
     * The settings that only this engine has; none unless it says so. Each becomes a key of configuration files, in a section with the
     * name of the engine. Every default is a value that {@link #open} accepts.
     */
    default List<EngineSetting> settings() {
        return List.of();
    }

    /**
     * How gladly it is taken where the user names no engine, see {@link Engines#best}: higher goes first. An engine that is quick to
     * start and has nothing to install says more than the 0 of others.
     */
    default int priority() {
        return 0;
    }
}
