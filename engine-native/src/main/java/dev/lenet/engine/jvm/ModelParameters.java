package dev.lenet.engine.jvm;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model, those of fully connected layers a second time transposed: {@code transposed[input][output]}.
 *
 * <p>Every product of the forward and the backward pass can then run along rows. Transposing again after each update
 * moves every weight once; products along columns would read them in strides for every image.
 */
final class ModelParameters {
    private final NetworkParameters weights;
    private final Map<String, float[][]> transposed = new LinkedHashMap<>();

    ModelParameters(Network network, Weights initial) {
        weights = new NetworkParameters(network);
        for (LayerParameters layer : weights.layers()) {
            if (layer.isFullyConnected()) {
                transposed.put(layer.name(), new float[layer.inputs()][Kernels.padded(layer.outputs())]);
            }
        }
        set(initial);
    }

    NetworkParameters weights() {
        return weights;
    }

    LayerParameters of(NamedLayer layer) {
        return weights.of(layer);
    }

    float[][] transposed(String layer) {
        float[][] rows = transposed.get(layer);
        if (rows == null) {
            throw new IllegalArgumentException(layer + " is not fully connected");
        }
        return rows;
    }

    void set(Weights values) {
        weights.set(values);
        for (LayerParameters layer : weights.layers()) {
            refresh(layer, 0, layer.outputs());
        }
    }

    /** Brings the transposed weight of some outputs up to date, where there is one. */
    void refresh(LayerParameters layer, int fromOutput, int toOutput) {
        if (!layer.isFullyConnected()) {
            return;
        }
        float[][] columns = transposed(layer.name());
        for (int input = 0; input < columns.length; input++) {
            float[] column = columns[input];
            for (int output = fromOutput; output < toOutput; output++) {
                column[output] = layer.weight()[output][input];
            }
        }
    }
}
