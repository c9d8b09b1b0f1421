package dev.lenet.benchmarks;

import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;

/** How much a network has to compute: operations an image, two for each multiply-add of its products. */
final class Arithmetic {
    private Arithmetic() {}

    /** Forward. */
    static double inference(Network network) {
        return network.leaves().stream().mapToDouble(Arithmetic::forward).sum();
    }

    /**
     * Forward, the gradients of the weights, and those of the inputs, each as much as forward; nobody needs the gradient
     * of the image.
     */
    static double training(Network network) {
        double forward = inference(network);
        return 3 * forward - forward(network.leaves().get(0));
    }

    /** An output is the product of the inputs that it sees with a row of the weight. */
    private static double forward(NamedLayer layer) {
        return 2.0
                * layer.parameters().stream()
                        .map(ParameterSpec::shape)
                        .filter(shape -> shape.rank() > 1)
                        .mapToLong(weight -> (long) layer.output().size() * (weight.size() / weight.dimension(0)))
                        .sum();
    }
}
