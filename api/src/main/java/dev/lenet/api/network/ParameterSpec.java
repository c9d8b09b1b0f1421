package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * One trainable array of a layer.
 *
 * @param name {@code "weight"} or {@code "bias"} in a layer, {@code "conv1.weight"} in a network, {@code "block1.conv1.weight"} in a
 *     {@link Residual}
 * @param shape in PyTorch's layout
 * @param fanIn how many inputs one output of the layer sums over; it scales the initial values
 * @param start what the initial values are
 */
public record ParameterSpec(String name, Shape shape, int fanIn, Start start) {

    /** What a parameter is before the first step. */
    public enum Start {
        /** Random, from {@code -1 / sqrt(fanIn)} to {@code 1 / sqrt(fanIn)}. */
        UNIFORM,
        ZEROS,
        ONES
    }

    /** Random at first. */
    public ParameterSpec(String name, Shape shape, int fanIn) {
        this(name, shape, fanIn, Start.UNIFORM);
    }

    /** A number for each channel, all the same at first. */
    static ParameterSpec ofChannels(String name, int channels, Start start) {
        return new ParameterSpec(name, Shape.of(channels), 1, start);
    }

    /** The same parameter of a layer of that name. */
    ParameterSpec in(String layer) {
        return new ParameterSpec(layer + "." + name, shape, fanIn, start);
    }
}
