package dev.lenet.app.config;

import java.nio.file.Path;

/**
 * What is trained, and where it is kept.
 *
 * @param file as written; relative to the working directory
 * @param padding of the first convolution, in pixels
 */
public record ModelConfig(Path file, int padding) {}
