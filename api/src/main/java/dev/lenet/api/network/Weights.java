package dev.lenet.api.network;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A value for every parameter of a network, by name and in the network's order: weights, their gradients, or an
 * optimizer's moments.
 */
public final class Weights {
    private final Map<String, TensorData> tensors;

    private Weights(Map<String, TensorData> tensors) {
        this.tensors = tensors;
    }

    /**
     * Exactly the network's parameters, taken from the source by name.
     *
     * @param source gives the values of a parameter, row-major
     * @throws ShapeException if the number of values is not the parameter's
     */
    public static Weights of(Network network, Function<ParameterSpec, float[]> source) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (ParameterSpec parameter : network.parameters()) {
            float[] values = source.apply(parameter);
            if (values.length != parameter.shape().size()) {
                throw new ShapeException(parameter.name() + ": expected " + parameter.shape() + ", received "
                        + values.length + " values. Use weights of this very network.");
            }
            tensors.put(parameter.name(), new TensorData(parameter.shape(), values));
        }
        return new Weights(Collections.unmodifiableMap(tensors));
    }

    /**
     * The weights a run starts from: uniform in {@code [-1/sqrt(fanIn), 1/sqrt(fanIn))} for weights and biases alike,
     * PyTorch's default (He et al., "Delving deep into rectifiers", 2015, with a = sqrt(5)). They depend on the seed
     * and the parameter's name alone. What scales and shifts channels begins with ones and zeros.
     */
    public static Weights initial(Network network, long seed) {
        return of(network, parameter -> switch (parameter.start()) {
            case UNIFORM -> uniform(parameter, seed);
            case ZEROS -> new float[parameter.shape().size()];
            case ONES -> ones(parameter.shape().size());
        });
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static float[] uniform(ParameterSpec parameter, long seed) {
        RandomStream stream = RandomStream.of(seed, "init/" + parameter.name());
        float bound = (float) (1 / Math.sqrt(parameter.fanIn()));
        float[] values = new float[parameter.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (2 * stream.uniform(i) - 1) * bound;
        }
        return values;
    }

    /** All zeros. */
    public static Weights zeros(Network network) {
        return of(network, parameter -> new float[parameter.shape().size()]);
    }

    /**
     * The values of that parameter.
     *
     * @throws ShapeException if there is no such parameter
     */
    public float[] get(String name) {
        TensorData tensor = tensors.get(name);
        if (tensor == null) {
            throw new ShapeException("Weights: expected one of " + tensors.keySet() + ", received '" + name
                    + "'. Use the name of a parameter of the network.");
        }
        return tensor.values();
    }

    /** By full name, in the network's order; not to be changed. */
    public Map<String, TensorData> tensors() {
        return tensors;
    }

    /**
     * @throws ShapeException if these are not weights of that network
     */
    public void check(Network network) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        network.parameters().forEach(parameter -> expected.put(parameter.name(), parameter.shape()));
        Map<String, Shape> received = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> received.put(name, tensor.shape()));
        if (!expected.equals(received)) {
            throw new ShapeException("Weights: expected the parameters " + expected + ", received " + received
                    + ". Use weights of this very network.");
        }
    }
}
