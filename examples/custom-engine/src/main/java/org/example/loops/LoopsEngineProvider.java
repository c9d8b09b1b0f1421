package org.example.loops;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;

/** How the engine is found: the service file in {@code META-INF/services} names this class. */
public final class LoopsEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return LoopsEngine.DESCRIPTION.name();
    }

    @Override
    public Availability probe(EngineOptions options) {
        return options.device().kind() == Device.Kind.CUDA
                ? new Availability.Unavailable(
                        "expected the device cpu or auto, received " + options.device(),
                        "Take the device cpu, or an engine that has CUDA.")
                : new Availability.Ready(LoopsEngine.DESCRIPTION.detail());
    }

    @Override
    public Engine open(EngineOptions options) {
        if (probe(options) instanceof Availability.Unavailable no) {
            throw new EngineUnavailableException("Engine '" + name() + "': " + no.reason() + ". " + no.remedy());
        }
        return new LoopsEngine();
    }
}
