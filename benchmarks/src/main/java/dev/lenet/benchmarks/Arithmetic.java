package dev.lenet.benchmarks;

import dev.lenet.api.network.Network;

/** How much a network has to compute: operations an image, two for each multiply-add of its products. */
final class Arithmetic {
    private Arithmetic() {}

    /** Forward. */
    static double inference(Network network) {
        return 2.0 * network.multiplyAdds();
    }

    /** Forward, the gradients of the weights, and those of the inputs, each as much as forward, but for the gradient of the image. */
    static double training(Network network) {
        return 3 * inference(network) - 2.0 * network.leaves().get(0).multiplyAdds();
    }
}
