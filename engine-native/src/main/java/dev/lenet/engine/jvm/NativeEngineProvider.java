package dev.lenet.engine.jvm;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.EngineSetting;
import java.util.List;

/** Finds and starts the engine in plain Java, which runs wherever a JVM does. */
public final class NativeEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return NativeEngine.NAME;
    }

    @Override
    public Availability probe(EngineOptions options) {
        if (isCuda(options)) {
            return new Availability.Unavailable(
                    "it computes on the CPU; " + options.device() + " was asked for",
                    "Take the device cpu, or an engine that has CUDA.");
        }
        try {
            Simd simd = Simd.in(options);
            String detail = NativeEngine.detail(simd.kernels().describe(), options.resolvedThreads());
            return new Availability.Ready(simd.remark().isEmpty() ? detail : detail + "; " + simd.remark());
        } catch (EngineUnavailableException e) {
            return new Availability.Unavailable(String.valueOf(e.getMessage()), "Set " + Simd.SETTING + " to auto.");
        }
    }

    @Override
    public Engine open(EngineOptions options) {
        if (isCuda(options)) {
            throw new EngineUnavailableException("Engine 'native': expected the device cpu or auto, received '"
                    + options.device() + "'. Take the device cpu, or an engine that has CUDA.");
        }
        return new NativeEngine(Simd.in(options), options.resolvedThreads());
    }

    private static boolean isCuda(EngineOptions options) {
        return options.device().kind() == Device.Kind.CUDA;
    }

    @Override
    public List<EngineSetting> settings() {
        return List.of(Simd.DECLARATION);
    }

    /** Nothing to install, and open in milliseconds. */
    @Override
    public int priority() {
        return 10;
    }
}
