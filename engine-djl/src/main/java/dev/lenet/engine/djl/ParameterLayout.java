package dev.lenet.engine.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where each parameter of a network stands in one flat array that holds them all: the trainable ones in the network's order, and
 * behind them, in that order, the others.
 *
 * <p>A training step puts the gradients into one array as well, so that an optimizer makes one round of operations and not
 * one for each parameter.
 */
final class ParameterLayout {
    private final Network network;
    private final int size;
    private final int trainable;
    /** Where all parameters but the first begin. */
    private final long[] cuts;
    /** Shapes by layer; empty for a layer without parameters. */
    private final List<List<ParameterSpec>> layers;

    ParameterLayout(Network network) {
        this.network = network;
        this.layers = network.layers().stream().map(NamedLayer::parameters).toList();
        List<ParameterSpec> parameters = order(network);
        long[] ends = new long[parameters.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end = Math.addExact(end, parameters.get(i).shape().size());
            ends[i] = end;
        }
        this.size = end;
        this.trainable = network.parameterCount();
        this.cuts = Arrays.copyOf(ends, Math.max(0, ends.length - 1));
    }

    /** The parameters of a network as they follow each other in a flat array. */
    static List<ParameterSpec> order(Network network) {
        return Stream.of(true, false)
                .flatMap(trainable ->
                        network.parameters().stream().filter(parameter -> parameter.trainable() == trainable))
                .toList();
    }

    /** The number of values. */
    int size() {
        return size;
    }

    /** The number of those that are trainable, the first ones. */
    int trainable() {
        return trainable;
    }

    /** The parameters of each layer as windows onto a flat array, in the manager of that array. */
    List<List<NDArray>> cut(NDArray flat) {
        Map<String, NDArray> pieces = new HashMap<>();
        NDList all = size == 0 ? new NDList() : flat.split(cuts, 0);
        for (ParameterSpec parameter : order(network)) {
            pieces.put(parameter.name(), all.get(pieces.size()));
        }
        List<List<NDArray>> parameters = new ArrayList<>(layers.size());
        for (List<ParameterSpec> layer : layers) {
            List<NDArray> shaped = new ArrayList<>(layer.size());
            for (ParameterSpec parameter : layer) {
                NDArray piece = requireNonNull(pieces.get(parameter.name()));
                // A bias is a vector already.
                shaped.add(
                        parameter.shape().rank() == 1
                                ? piece
                                : piece.reshape(HostBuffer.dimensions(parameter.shape())));
            }
            parameters.add(shaped);
        }
        return parameters;
    }

    float[] flatten(Weights weights) {
        float[] flat = new float[size];
        int next = 0;
        for (ParameterSpec parameter : order(network)) {
            float[] values = weights.get(parameter.name());
            System.arraycopy(values, 0, flat, next, values.length);
            next += values.length;
        }
        return flat;
    }

    Weights unflatten(float[] flat) {
        return unflatten(flat, size);
    }

    /**
     * @param known how many values there are; the parameters behind them are zeros
     */
    Weights unflatten(float[] flat, int known) {
        Map<String, Integer> places = new HashMap<>();
        int next = 0;
        for (ParameterSpec parameter : order(network)) {
            places.put(parameter.name(), next);
            next += parameter.shape().size();
        }
        return Weights.of(network, parameter -> {
            int from = requireNonNull(places.get(parameter.name()));
            int length = parameter.shape().size();
            return from < known ? Arrays.copyOfRange(flat, from, from + length) : new float[length];
        });
    }
}
