package dev.lenet.benchmarks;

import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;

/** How much a network has to compute: operations an image, two for each multiply-add of its products. */
final class Arithmetic {
    private Arithmetic() {}

    /** Forward. */
    static double inference(Network network) {
        return network.layers().stream().mapToDouble(Arithmetic::forward).sum();
    }

    /**
     * Forward, the gradients of the weights, and those of the inputs, each as much as forward; nobody needs the gradient
     * of the image.
     */
    static double training(Network network) {
        double forward = inference(network);
        return 3 * forward - forward(network.layers().get(0));
    }

    private static double forward(NamedLayer layer) {
        if (layer.spec() instanceof Conv2d conv) {
            int taps = layer.input().dimension(0) * conv.kernelSize() * conv.kernelSize();
            return 2.0 * layer.output().size() * taps;
        }
        return layer.spec() instanceof Linear
                ? 2.0 * layer.output().size() * layer.input().size()
                : 0;
    }
}
