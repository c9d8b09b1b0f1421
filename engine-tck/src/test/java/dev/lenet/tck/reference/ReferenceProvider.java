package dev.lenet.tck.reference;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import java.util.function.Supplier;

/** Offers the reference engine. */
public class ReferenceProvider implements EngineProvider {
    public static final String NAME = "reference";

    private final Supplier<Engine> engines;

    public ReferenceProvider() {
        this(() -> new ReferenceEngine(new Mathematics()));
    }

    /** Opens other engines. */
    public ReferenceProvider(Supplier<Engine> engines) {
        this.engines = engines;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability probe(EngineOptions options) {
        return options.device().kind() == Device.Kind.CUDA
                ? new Availability.Unavailable("it computes on the CPU", "Take the device cpu.")
                : new Availability.Ready("plain loops");
    }

    @Override
    public Engine open(EngineOptions options) {
        if (options.device().kind() == Device.Kind.CUDA) {
            throw new EngineUnavailableException("Engine 'reference': expected the device cpu or auto, received '"
                    + options.device() + "'. Use cpu.");
        }
        return engines.get();
    }
}
