package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * A multilayer perceptron: fully connected layers with rectifiers between them, on the pixels as they are. The plainest network that
 * reads digits, and the one to compare others with.
 *
 * <p>LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86(11), 1998, section
 * III.C.6.
 */
public final class Mlp {
    private Mlp() {}

    /**
     * A network of layers {@code fc1}, {@code fc2} and so on.
     *
     * @param input an image's shape, or a number of features
     * @param hidden outputs of the layers before the last one; none gives a linear classifier
     */
    public static Network network(Shape input, int classes, int... hidden) {
        Network.Builder network = Network.input(input.toArray());
        if (input.rank() > 1) {
            network = network.layer("flatten", new Flatten());
        }
        for (int i = 0; i < hidden.length; i++) {
            network = network.layer("fc" + (i + 1), Linear.of(hidden[i])).layer("relu" + (i + 1), new Relu());
        }
        return network.layer("fc" + (hidden.length + 1), Linear.of(classes)).build();
    }
}
