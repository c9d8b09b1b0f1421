package org.example.loops;

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

/**
 * What a layer does to one example: the forward pass and, right below it, the backward pass.
 *
 * <p>All arrays are row-major, without the batch. Nobody changes one after it was returned.
 */
interface Computation {

    /**
     * @param x [...input]
     * @return y [...output]
     */
    float[] forward(float[] x);

    /**
     * The chain rule.
     *
     * @param x [...input] and y [...output] of the way forward
     * @param dY [...output], the loss's gradient by y
     * @param gradients of the whole network; a layer adds to its own
     * @return dX [...input], the loss's gradient by x
     */
    float[] backward(float[] x, float[] y, float[] dY, Parameters gradients);

    /** How that layer is computed, with weights that a trainer may change meanwhile. */
    static Computation of(NamedLayer layer, Parameters weights) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            return new Convolution(layer, conv, weights);
        } else if (spec instanceof Linear) {
            return new FullyConnected(layer, weights);
        } else if (spec instanceof MaxPool2d pool) {
            return new Pooling.Max(new Pooling(layer, pool.kernelSize(), pool.stride()));
        } else if (spec instanceof AvgPool2d pool) {
            return new Pooling.Average(new Pooling(layer, pool.kernelSize(), pool.stride()));
        } else if (spec instanceof Relu) {
            return Elementwise.RELU;
        } else if (spec instanceof Tanh) {
            return Elementwise.TANH;
        } else if (spec instanceof Flatten || spec instanceof Dropout) {
            return Elementwise.IDENTITY; // the trainer adds dropout's mask
        }
        throw new IllegalArgumentException(
                layer + ": expected a layer that engine 'loops' knows, received " + spec + ". Choose another engine.");
    }
}
