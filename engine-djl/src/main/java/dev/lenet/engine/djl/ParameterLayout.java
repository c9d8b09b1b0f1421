package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each parameter of a network stands in one flat array that holds them all, in the network's order.
 *
 * <p>A training step puts the gradients into one array as well, so that an optimizer makes one round of operations and not
 * one for each parameter.
 */
final class ParameterLayout {
    private final Network network;
    private final int size;
    /** Where all parameters but the first begin. */
    private final long[] cuts;
    /** Shapes by layer; empty for a layer without parameters. */
    private final List<List<ParameterSpec>> layers;

    ParameterLayout(Network network) {
        this.network = network;
        this.layers = network.layers().stream().map(NamedLayer::parameters).toList();
        List<ParameterSpec> parameters = network.parameters();
        long[] ends = new long[parameters.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end = Math.addExact(end, parameters.get(i).shape().size());
            ends[i] = end;
        }
        this.size = end;
        this.cuts = Arrays.copyOf(ends, Math.max(0, ends.length - 1));
    }

    /** The number of values. */
    int size() {
        return size;
    }

    /** The parameters of each layer as windows onto a flat array, in the manager of that array. */
    List<List<NDArray>> cut(NDArray flat) {
        NDList pieces = size == 0 ? new NDList() : flat.split(cuts, 0);
        List<List<NDArray>> parameters = new ArrayList<>(layers.size());
        int next = 0;
        for (List<ParameterSpec> layer : layers) {
            List<NDArray> shaped = new ArrayList<>(layer.size());
            for (ParameterSpec parameter : layer) {
                NDArray piece = pieces.get(next++);
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
        for (ParameterSpec parameter : network.parameters()) {
            float[] values = weights.get(parameter.name());
            System.arraycopy(values, 0, flat, next, values.length);
            next += values.length;
        }
        return flat;
    }

    Weights unflatten(float[] flat) {
        int[] next = {0};
        return Weights.of(network, parameter -> {
            int from = next[0];
            next[0] += parameter.shape().size();
            return Arrays.copyOfRange(flat, from, next[0]);
        });
    }
}
