package dev.lenet.app.serve;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;

/** An engine that cannot run here. */
final class AbsentEngine implements EngineProvider {
    static final String NAME = "absent";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability probe(EngineOptions options) {
        return new Availability.Unavailable("It is not here.", "Bring it.");
    }

    @Override
    public Engine open(EngineOptions options) {
        throw new EngineUnavailableException("Engine 'absent': it is not here. Bring it.");
    }
}
