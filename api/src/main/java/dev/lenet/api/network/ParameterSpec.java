package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * One array of a layer: a trainable one, or one that a layer keeps for itself, which PyTorch calls a buffer.
 *
 * @param name {@code "weight"} or {@code "bias"} in a layer, {@code "conv1.weight"} in a network, {@code "block1.conv1.weight"} in a
 *     {@link Residual}
 * @param shape in PyTorch's layout
 * @param fanIn how many inputs one output of the layer sums over; it scales the initial values
 * @param start what the initial values are
 * @param trainable whether it has gradients and is updated by them; otherwise its gradients and slots are zeros that nothing reads
 */
public record ParameterSpec(String name, Shape shape, int fanIn, Start start, boolean trainable) {

    /** What a parameter is before the first step. */
    public enum Start {
        /** Random, from {@code -1 / sqrt(fanIn)} to {@code 1 / sqrt(fanIn)}. */
        UNIFORM,
        ZEROS,
        ONES
    }

    /** Trainable, and random at first. */
    public ParameterSpec(String name, Shape shape, int fanIn) {
        this(name, shape, fanIn, Start.UNIFORM, true);
    }

    /** A number for each channel, all the same at first. */
    static ParameterSpec ofChannels(String name, int channels, Start start) {
        return new ParameterSpec(name, Shape.of(channels), 1, start, true);
    }

    /** The same, but not trainable. */
    ParameterSpec fixed() {
        return new ParameterSpec(name, shape, fanIn, start, false);
    }

    /** The same parameter of a layer of that name. */
    ParameterSpec in(String layer) {
        return new ParameterSpec(layer + "." + name, shape, fanIn, start, trainable);
    }
}
