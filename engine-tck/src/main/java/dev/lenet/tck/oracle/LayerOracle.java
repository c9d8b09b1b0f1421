package dev.lenet.tck.oracle;

import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.Map;
import java.util.Objects;

/** One layer for one example. */
public interface LayerOracle {

    /**
     * @param x the layer's input, row-major
     * @return its output
     */
    Approximation forward(Approximation x);

    /**
     * @param x what {@link #forward} was given
     * @param dY the gradient of the loss for the layer's output
     * @param gradients where this example's part of the parameters' gradients is added
     * @return the gradient for the input
     */
    Approximation backward(Approximation x, Approximation dY, ParameterSums gradients);

    /**
     * This layer while training, for one example; only dropout differs.
     *
     * @param step the number of updates so far
     * @param example its place in the batch
     */
    default LayerOracle training(long seed, long step, int example) {
        return this;
    }

    /**
     * @param parameters by full name; not copied, so that they may change between two calls
     */
    static LayerOracle of(NamedLayer layer, Map<String, double[]> parameters) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            return new ConvolutionOracle(
                    layer, conv, parameter(parameters, layer, "weight"), parameter(parameters, layer, "bias"));
        }
        if (spec instanceof Linear) {
            return new LinearOracle(
                    layer, parameter(parameters, layer, "weight"), parameter(parameters, layer, "bias"));
        }
        if (spec instanceof MaxPool2d pool) {
            return new MaxPoolingOracle(new SlidingWindows(layer, pool.kernelSize(), pool.stride(), 0));
        }
        if (spec instanceof AvgPool2d pool) {
            return new AveragePoolingOracle(new SlidingWindows(layer, pool.kernelSize(), pool.stride(), 0));
        }
        if (spec instanceof Relu) {
            return new ReluOracle();
        }
        if (spec instanceof Tanh) {
            return new TanhOracle();
        }
        if (spec instanceof Dropout dropout) {
            return new DropoutOracle(layer.name(), dropout);
        }
        if (spec instanceof Flatten) {
            return new FlattenOracle();
        }
        throw new IllegalArgumentException("expected a layer that the oracle knows, received " + layer);
    }

    private static double[] parameter(Map<String, double[]> parameters, NamedLayer layer, String name) {
        return Objects.requireNonNull(parameters.get(layer.name() + "." + name), layer.name());
    }
}
