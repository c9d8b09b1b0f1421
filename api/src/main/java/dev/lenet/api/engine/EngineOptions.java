package dev.lenet.api.engine;

/**
 * What a user may ask of any engine.
 *
 * @param device where to compute
 * @param threads how many to compute with, 0 for as many as the machine has processors
 * @param offline whether opening network connections is forbidden
 */
public record EngineOptions(Device device, int threads, boolean offline) {

    /** The engine's choice of device, all processors, no network. */
    public static final EngineOptions DEFAULT = new EngineOptions(Device.AUTO, 0, true);

    public EngineOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads: expected 0 or more, received " + threads);
        }
    }

    /** {@code threads}, with 0 resolved to the number of processors. */
    public int resolvedThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
