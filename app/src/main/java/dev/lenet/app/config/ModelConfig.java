package dev.lenet.app.config;

import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
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

        @Declaration(initial = "2", least = 0, most = 4, option = "--padding", text = """
                Zeros around the image in the first convolution, {range} pixels. 2 keeps 28x28, as the paper's 32x32
                frame does, and gives 61,706 parameters; 0 gives 44,426.""")
        int padding,

        @Declaration(initial = "0.0", least = 0, below = 1, text = """
                Share of what goes into each fully connected layer that training leaves out at random, {range}. 0
                because the network is small: with distorted images it does not learn them by heart.""")
        double dropout) {

    /** The network to train, for so many classes. */
    public Network network(int classes) {
        return LeNet5.network(padding, classes, (float) dropout);
    }
}
