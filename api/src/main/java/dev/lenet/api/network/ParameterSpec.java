package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * One trainable array of a layer.
 *
 * @param name {@code "weight"} or {@code "bias"} in a layer, {@code "conv1.weight"} in a network
 * @param shape in PyTorch's layout
 * @param fanIn how many inputs one output of the layer sums over; it scales the initial values
 */
public record ParameterSpec(String name, Shape shape, int fanIn) {}
