package dev.lenet.app.config;

import dev.lenet.api.ConfigException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ResNet8;
import java.nio.file.Path;
import java.util.Optional;

/** What is trained, and where it is kept. */
public record ModelConfig(
        @Declaration(initial = "auto", option = "--output", label = "FILE", text = """
                The trained model, {range}, relative to the working directory. auto: `train` keeps the model with its run, in
                models/runs/NAME/model.safetensors; `predict`, `evaluate`, `serve` and `report` take that of the newest run
                that got to its end, else the one that came with the program, and say which. A path: `train` writes it as
                well, and the others read it.""")
        Optional<Path> file,

        @Declaration(initial = "lenet5", option = "--network", label = "NAME", text = """
                The network to train, {range}. lenet5 is the usual one, with rectifiers and max-pooling; lenet5-tanh is
                nearer to the paper of 1998, with hyperbolic tangents and average pooling; mlp has two hidden fully connected
                layers of 256 and 128 outputs and no convolution; resnet8 has three residual blocks with batch
                normalisation. A model file carries its network: `predict`,
                `evaluate`, `serve`, `report` and `compare` need no setting.""")
        NetworkKind network,

        @Declaration(initial = "auto", text = """
                The network's layers, {range}. auto: those of `network`. In a list each layer is a line such as
                `- conv2d: {filters: 6, kernel_size: 5}` or `- relu`; `linear: {outputs: auto}` has an output for each
                class, and ends the list. docs/networks.md has them all.""") Optional<LayerList> layers,

        @Declaration(initial = "2", least = 0, most = 4, option = "--padding", text = """
                Zeros around the image in the first convolution, {range} pixels. 2 keeps their size, as the paper's
                32x32 frame does, and gives 61,706 parameters for 28x28; 0 gives 44,426.""")
        int padding,

        @Declaration(initial = "0.0", least = 0, below = 1, text = """
                Share of what goes into each fully connected layer that training leaves out at random, {range}. 0
                because the network is small: with distorted images it does not learn them by heart.""")
        double dropout) {

    /** Of the second network's fully connected layers. */
    private static final int[] HIDDEN = {256, 128};

    /** The default of {@link #padding}. */
    private static final int USUAL_PADDING = 2;

    /**
     * Refuses what the network does not have: it would be ignored.
     *
     * @throws ConfigException naming the setting
     */
    void check() {
        String own = layers.isPresent() ? "model.layers" : "network " + network.id();
        boolean lenet5 = layers.isEmpty() && network == NetworkKind.LENET5;
        if (layers.isPresent() && network != NetworkKind.LENET5) {
            throw new ConfigException("model.network: expected no network beside model.layers, received " + network.id()
                    + ". Keep one of the two.");
        }
        if (!lenet5 && dropout != 0) {
            throw new ConfigException("model.dropout: expected 0 with " + own + ", received " + dropout
                    + ". List the layers in model.layers, with 'dropout' among them.");
        }
        if (padding != USUAL_PADDING
                && (layers.isPresent() || network == NetworkKind.MLP || network == NetworkKind.RESNET8)) {
            throw new ConfigException("model.padding: expected no padding with " + own + ", received " + padding
                    + ". Give it to a convolution in model.layers.");
        }
    }

    /**
     * The network to train.
     *
     * @param input the shape of an image, {@code [C, H, W]}
     * @throws ConfigException naming the line of the first layer that does not fit
     */
    public Network network(Shape input, int classes) {
        if (layers.isPresent()) {
            return layers.get().network(input, classes);
        }
        try {
            return switch (network) {
                case LENET5 -> LeNet5.network(input, padding, classes, (float) dropout);
                case LENET5_TANH -> LeNet5.tanh(input, padding, classes);
                case MLP -> Mlp.network(input, classes, HIDDEN);
                case RESNET8 -> ResNet8.network(input, classes);
            };
        } catch (ShapeException e) {
            throw new ConfigException(
                    "model.network: expected a network for images of " + input + ", received " + network.id()
                            + ", which does not fit: " + e.getMessage()
                            + " Or name another network, or larger images in data.shape.",
                    e);
        }
    }
}
