package dev.lenet.app.data;

import java.util.Locale;

/** What the four files of a data set are said to be. */
public enum DatasetKind {
    /** Handwritten digits: 28x28 pixels, ten classes. */
    MNIST,
    /** Articles of clothing: 28x28 pixels, ten classes. */
    FASHION_MNIST,
    /** Somebody's own images in MNIST's format: any size, any number of classes. */
    IDX;

    /** As it is written in a file or on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
