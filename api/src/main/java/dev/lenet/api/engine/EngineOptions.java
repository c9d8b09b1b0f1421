package dev.lenet.api.engine;

import dev.lenet.api.Argument;
import java.util.Map;

/**
 * What a user may ask of any engine.
 *
 * @param device where to compute
 * @param threads how many to compute with, 0 for as many as the machine has processors
 * @param offline whether opening network connections is forbidden
 * @param settings what only one engine has, as {@code ENGINE.NAME} and its value, for example {@code native.simd} and
 *     {@code off}; every engine is given all of them, and reads its own
 */
public record EngineOptions(Device device, int threads, boolean offline, Map<String, String> settings) {

    /** The engine's choice of device, all processors, no network. */
    public static final EngineOptions DEFAULT = new EngineOptions(Device.AUTO, 0, true);

    public EngineOptions {
        settings = Map.copyOf(settings);
        Argument.check(
                threads >= 0,
                "Engine options",
                "0 threads or more",
                threads,
                "Use 0 for as many as there are processors.");
    }

    /** Without settings of single engines. */
    public EngineOptions(Device device, int threads, boolean offline) {
        this(device, threads, offline, Map.of());
    }

    /** {@code threads}, with 0 resolved to the number of processors. */
    public int resolvedThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
