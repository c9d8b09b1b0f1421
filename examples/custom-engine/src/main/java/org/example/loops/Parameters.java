package org.example.loops;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An array for each parameter of a network, changed in place: weights, their gradients, or an optimizer's memory. */
final class Parameters {
    private final Network network;
    private final Map<String, float[]> arrays = new LinkedHashMap<>();

    /** All zeros. */
    Parameters(Network network) {
        this.network = network;
        network.parameters()
                .forEach(parameter ->
                        arrays.put(parameter.name(), new float[parameter.shape().size()]));
    }

    /** Full names, for example {@code conv1.weight}, in the network's order: those that an optimizer changes. */
    List<String> trainable() {
        return network.parameters().stream()
                .filter(ParameterSpec::trainable)
                .map(ParameterSpec::name)
                .toList();
    }

    /** Takes over what is not trainable. */
    void keep(Parameters other) {
        network.parameters().stream()
                .filter(parameter -> !parameter.trainable())
                .forEach(parameter -> {
                    float[] values = other.get(parameter.name());
                    System.arraycopy(values, 0, get(parameter.name()), 0, values.length);
                });
    }

    /** The array itself, row-major in PyTorch's layout. */
    float[] get(String name) {
        return arrays.get(name);
    }

    /** The array of that layer's weight. */
    float[] weight(NamedLayer layer) {
        return get(layer.name() + ".weight");
    }

    /** The array of that layer's bias. */
    float[] bias(NamedLayer layer) {
        return get(layer.name() + ".bias");
    }

    /** The square root of the sum of all squares, added in double precision. */
    double norm() {
        double sum = 0;
        for (float[] values : arrays.values()) {
            for (float value : values) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /** Multiplies every value. */
    void scale(float factor) {
        for (float[] values : arrays.values()) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
        }
    }

    /** {@code decay * this + (1 - decay) * other}, value by value, of what is trainable. */
    void moveTowards(Parameters other, double decay) {
        float kept = (float) decay;
        float share = (float) (1 - decay);
        for (String name : trainable()) {
            float[] values = get(name);
            for (int i = 0; i < values.length; i++) {
                float difference = values[i] - other.get(name)[i];
                // The error of the difference is multiplied by the smaller share.
                values[i] = decay < 0.5 ? other.get(name)[i] + kept * difference : values[i] - share * difference;
            }
        }
    }

    /** Copies weights that were checked to be of this network. */
    void set(Weights weights) {
        arrays.forEach((name, values) -> System.arraycopy(weights.get(name), 0, values, 0, values.length));
    }

    /** A copy. */
    Weights toWeights() {
        return Weights.of(network, parameter -> get(parameter.name()).clone());
    }
}
