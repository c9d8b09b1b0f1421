package dev.lenet.engine.jvm;

import static java.util.Objects.requireNonNull;

import dev.lenet.api.Shape;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weight and bias of one layer, or their gradients, or an optimizer's moments of them.
 *
 * <p>A weight of PyTorch's shape {@code [outputs, inputs, K, K]} or {@code [outputs, inputs]} is kept as
 * {@code weight[output][input * taps + tap]}, with {@code taps = K * K} or 1; one of shape {@code [channels]}, of a normalisation,
 * as if it had one output. The bias is one row; where a layer has none it is
 * zeros that nothing updates. All rows are padded with
 * zeros to whole registers, and stay zero there: so do their gradients and moments.
 */
final class LayerParameters {
    private final String name;
    private final int outputs;
    private final int inputs;
    private final int taps;
    private final int biases;
    private final boolean fullyConnected;
    private final boolean withBias;
    private final float[][] weight;
    private final float[] bias;

    /** What is not trainable, by its full name; of gradients and moments, zeros. */
    private final Map<String, float[]> buffers = new LinkedHashMap<>();

    /** Zeros, for a layer that has parameters. */
    LayerParameters(NamedLayer layer) {
        Shape shape = layer.parameters().get(0).shape();
        this.name = layer.name();
        boolean ofChannels = shape.rank() == 1;
        this.outputs = ofChannels ? 1 : shape.dimension(0);
        this.inputs = shape.dimension(ofChannels ? 0 : 1);
        this.biases = shape.dimension(0);
        this.taps = shape.size() / (outputs * inputs);
        this.fullyConnected = shape.rank() == 2;
        this.withBias = layer.parameters().size() > 1;
        for (ParameterSpec parameter : layer.parameters()) {
            if (!parameter.trainable()) {
                buffers.put(parameter.name(), new float[parameter.shape().size()]);
            }
        }
        this.weight = new float[outputs][Kernels.padded(inputs * taps)];
        this.bias = new float[Kernels.padded(biases)];
    }

    String name() {
        return name;
    }

    int outputs() {
        return outputs;
    }

    int inputs() {
        return inputs;
    }

    boolean isFullyConnected() {
        return fullyConnected;
    }

    float[][] weight() {
        return weight;
    }

    float[] bias() {
        return bias;
    }

    /** An array that is not trainable, by its name in the layer. */
    float[] buffer(String parameter) {
        return requireNonNull(buffers.get(name + "." + parameter), parameter);
    }

    /** Row i is row i of the weight; the row behind the last is the bias. */
    float[] row(int i) {
        return i < outputs ? weight[i] : bias;
    }

    /** Rows of the weight, and the bias if the layer has one. */
    int rows() {
        return outputs + (withBias ? 1 : 0);
    }

    void clear() {
        for (float[] row : weight) {
            Arrays.fill(row, 0);
        }
        clearBias();
    }

    void clearBias() {
        Arrays.fill(bias, 0);
    }

    /** The values of a parameter, by its full name, as a new array in PyTorch's layout. */
    float[] toArray(String parameter) {
        float[] buffer = buffers.get(parameter);
        if (buffer != null) {
            return buffer.clone();
        }
        if (isBias(parameter)) {
            return Arrays.copyOf(bias, biases);
        }
        float[] values = new float[outputs * inputs * taps];
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(weight[output], 0, values, output * inputs * taps, inputs * taps);
        }
        return values;
    }

    /** Takes over the values of a parameter, by its full name. */
    void set(String parameter, float[] values) {
        float[] buffer = buffers.get(parameter);
        if (buffer != null) {
            System.arraycopy(values, 0, buffer, 0, buffer.length);
            return;
        }
        if (isBias(parameter)) {
            System.arraycopy(values, 0, bias, 0, biases);
            return;
        }
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(values, output * inputs * taps, weight[output], 0, inputs * taps);
        }
    }

    private static boolean isBias(String parameter) {
        return parameter.endsWith(".bias");
    }
}
