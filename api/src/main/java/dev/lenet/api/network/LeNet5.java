package dev.lenet.api.network;

/**
 * LeNet-5 as it is built today: rectifiers and max-pooling in place of the 1998 paper's sigmoids and subsampling.
 *
 * <p>LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86(11),
 * 1998. Parameters carry the names and layouts of the usual PyTorch model, {@code conv1.weight} to {@code fc3.bias}.
 */
public final class LeNet5 {
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
        Network.Builder convolutions = Network.input(1, 28, 28)
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

    private static Network.Builder dropping(Network.Builder network, String name, float rate) {
        return rate == 0 ? network : network.layer(name, new Dropout(rate));
    }
}
