package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of all layers of a network, or something of the same shape: gradients, moments. */
final class NetworkParameters {
    private final Network network;
    private final Map<String, LayerParameters> byLayer = new LinkedHashMap<>();

    /** Zeros. */
    NetworkParameters(Network network) {
        this.network = network;
        for (NamedLayer layer : network.leaves()) {
            if (!layer.parameters().isEmpty()) {
                byLayer.put(layer.name(), new LayerParameters(layer));
            }
        }
    }

    /** The layers with parameters, in order. */
    List<LayerParameters> layers() {
        return List.copyOf(byLayer.values());
    }

    LayerParameters of(NamedLayer layer) {
        return of(layer.name());
    }

    private LayerParameters of(String layer) {
        LayerParameters parameters = byLayer.get(layer);
        if (parameters == null) {
            throw new IllegalArgumentException(layer + " has no parameters");
        }
        return parameters;
    }

    void clear() {
        byLayer.values().forEach(LayerParameters::clear);
    }

    /** But for the weights of fully connected layers. */
    void clearWithoutWeights() {
        for (LayerParameters layer : byLayer.values()) {
            if (layer.isFullyConnected()) {
                layer.clearBias();
            } else {
                layer.clear();
            }
        }
    }

    /** Copies out. */
    Weights toWeights() {
        return Weights.of(network, parameter -> of(layerOf(parameter.name())).toArray(parameter.name()));
    }

    /** Copies in. */
    void set(Weights weights) {
        weights.tensors().forEach((name, tensor) -> of(layerOf(name)).set(name, tensor.values()));
    }

    private static String layerOf(String parameter) {
        return parameter.substring(0, parameter.lastIndexOf('.'));
    }
}
