package dev.lenet.api.engine;

/**
 * What an open engine is and runs on.
 *
 * @param name the provider's
 * @param device {@code "cpu"}, or {@code "cuda:0"} and the like
 * @param detail one line for people: libraries, instruction set, threads
 */
public record EngineDescription(String name, String device, String detail) {}
