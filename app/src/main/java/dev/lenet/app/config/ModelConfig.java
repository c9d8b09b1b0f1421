package dev.lenet.app.config;

import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is trained, and where it is kept.
 *
 * @param file that {@code train} writes as well as the run's own, and other commands read, relative to the working directory;
 *     empty for the model of a run
 * @param padding of the first convolution, in pixels
 * @param dropout share of what goes into each fully connected layer that training leaves out
 */
public record ModelConfig(Optional<Path> file, int padding, double dropout) {

    /** The network to train, for so many classes. */
    public Network network(int classes) {
        return LeNet5.network(padding, classes, (float) dropout);
    }
}
