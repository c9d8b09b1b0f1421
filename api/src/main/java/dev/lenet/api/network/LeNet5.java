package dev.lenet.api.network;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network.NamedLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * LeNet-5 as it is built today: rectifiers and max-pooling in place of the 1998 paper's sigmoids and subsampling.
 *
 * <p>LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86(11),
 * 1998. Parameters carry the names and layouts of the usual PyTorch model, {@code conv1.weight} to {@code fc3.bias}.
 */
public final class LeNet5 {
    /** Of MNIST's images. */
    private static final Shape DIGIT = Shape.of(1, 28, 28);

    /** What a kernel of 5 can take. */
    private static final int MOST_PADDING = 4;

    private LeNet5() {}

    /**
     * The network for 28x28 grey images and ten classes.
     *
     * @param padding of the first convolution: 2 keeps 28x28 and gives 61,706 parameters; 0 gives 44,426
     */
    public static Network network(int padding) {
        return network(padding, 10);
    }

    /** The network for 28x28 grey images and that many classes. */
    public static Network network(int padding, int classes) {
        return network(padding, classes, 0);
    }

    /**
     * The same with a {@link Dropout} before each fully connected layer; for a rate of 0 without.
     *
     * @param dropout the probability of dropping a value, at least 0 and below 1
     */
    public static Network network(int padding, int classes, float dropout) {
        return network(DIGIT, padding, classes, dropout);
    }

    /**
     * The same for images of another shape. A side has 12 pixels at least, 16 without padding.
     *
     * @param input {@code [C, H, W]}
     * @throws ShapeException if a convolution does not fit
     */
    public static Network network(Shape input, int padding, int classes, float dropout) {
        Network.Builder convolutions = Network.input(input.toArray())
                .layer("conv1", Conv2d.of(6, 5).withPadding(padding))
                .layer("relu1", new Relu())
                .layer("pool1", MaxPool2d.of(2))
                .layer("conv2", Conv2d.of(16, 5))
                .layer("relu2", new Relu())
                .layer("pool2", MaxPool2d.of(2))
                .layer("flatten", new Flatten());
        Network.Builder classifier = dropping(convolutions, "dropout1", dropout)
                .layer("fc1", Linear.of(120))
                .layer("relu3", new Relu());
        classifier = dropping(classifier, "dropout2", dropout)
                .layer("fc2", Linear.of(84))
                .layer("relu4", new Relu());
        return dropping(classifier, "dropout3", dropout)
                .layer("fc3", Linear.of(classes))
                .build();
    }

    /**
     * Nearer to the paper: hyperbolic tangents and average pooling. Its pooling also had a weight and a bias for each map, its second
     * convolution saw only some of the maps, and its last layer measured distances; those are left out here, as everywhere.
     *
     * @param padding of the first convolution
     */
    public static Network tanh(int padding, int classes) {
        return tanh(DIGIT, padding, classes);
    }

    /**
     * The same for images of another shape.
     *
     * @param input {@code [C, H, W]}
     * @throws ShapeException if a convolution does not fit
     */
    public static Network tanh(Shape input, int padding, int classes) {
        return Network.input(input.toArray())
                .layer("conv1", Conv2d.of(6, 5).withPadding(padding))
                .layer("tanh1", new Tanh())
                .layer("pool1", AvgPool2d.of(2))
                .layer("conv2", Conv2d.of(16, 5))
                .layer("tanh2", new Tanh())
                .layer("pool2", AvgPool2d.of(2))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(120))
                .layer("tanh3", new Tanh())
                .layer("fc2", Linear.of(84))
                .layer("tanh4", new Tanh())
                .layer("fc3", Linear.of(classes))
                .build();
    }

    /** Whether that is one of the networks above, for any shape of images, padding, number of classes and rate of dropout. */
    public static boolean is(Network network) {
        if (network.output().rank() != 1) {
            return false;
        }
        int classes = network.output().size();
        float dropout = network.layers().stream()
                .map(NamedLayer::spec)
                .filter(Dropout.class::isInstance)
                .map(layer -> ((Dropout) layer).rate())
                .findFirst()
                .orElse(0f);
        return IntStream.rangeClosed(0, MOST_PADDING)
                .anyMatch(padding -> sameLayers(network, network(padding, classes, dropout))
                        || sameLayers(network, tanh(padding, classes)));
    }

    private static boolean sameLayers(Network one, Network other) {
        return one.input().rank() == other.input().rank() && named(one).equals(named(other));
    }

    private static List<Map.Entry<String, LayerSpec>> named(Network network) {
        return network.layers().stream()
                .map(layer -> Map.entry(layer.name(), layer.spec()))
                .toList();
    }

    private static Network.Builder dropping(Network.Builder network, String name, float rate) {
        return rate == 0 ? network : network.layer(name, new Dropout(rate));
    }
}
