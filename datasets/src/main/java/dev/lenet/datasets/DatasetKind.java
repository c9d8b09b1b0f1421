package dev.lenet.datasets;

import dev.lenet.api.data.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a data set is said to be. */
public enum DatasetKind {
    /** Handwritten digits: 28x28 pixels, ten classes. */
    MNIST,
    /** Articles of clothing: 28x28 pixels, ten classes. */
    FASHION_MNIST,
    /** Somebody's own images in MNIST's format, or EMNIST's: any number of classes. */
    IDX,
    /** Somebody's own pictures, a folder for each class. */
    IMAGE_FOLDERS;

    private static final Normalization OF_MNIST = new Normalization(0.1307, 0.3081);
    private static final Normalization OF_FASHION_MNIST = new Normalization(0.2860, 0.3530);

    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** As it is written in a file or on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with that id. */
    public static Optional<DatasetKind> of(String id) {
        for (DatasetKind kind : values()) {
            if (kind.id().equals(id)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether its images were made like MNIST's: a character in white on black, cropped, scaled and centred. */
    public boolean characters() {
        return this == MNIST || this == IDX;
    }

    /** Whether it is somebody's own, of which nothing is known before it is looked at. */
    public boolean own() {
        return this == IDX || this == IMAGE_FOLDERS;
    }

    /** By the mean and standard deviation of its training pixels; of somebody's own, which nobody knows, by MNIST's. */
    public Normalization normalization() {
        return this == FASHION_MNIST ? OF_FASHION_MNIST : OF_MNIST;
    }

    /** What its classes are called, in order; empty if they have numbers only, or names of the user's own. */
    public List<String> classNames() {
        return this == FASHION_MNIST ? CLOTHES : List.of();
    }

    /** Where it is if nobody says otherwise; relative to the working directory. */
    public Path usualDirectory() {
        return Path.of("data", id());
    }

    /** Where Debian's package {@code dataset-<id>} puts it, if there is such a package. */
    public Optional<Path> systemDirectory() {
        return this == FASHION_MNIST ? Optional.of(Path.of("/usr/share/datasets/fashion-mnist")) : Optional.empty();
    }
}
