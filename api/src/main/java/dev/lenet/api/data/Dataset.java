package dev.lenet.api.data;

import dev.lenet.api.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Labelled examples that can be read in any order, by any number of threads.
 *
 * <p>A data set hands out an example already normalised; how it stores it is its own business. An engine that knows the
 * concrete class may take a faster way to the same values.
 */
public interface Dataset {

    /** The shape of one example, for example {@code [1, 28, 28]}. */
    Shape exampleShape();

    /** The number of examples. */
    int size();

    /** The number of classes; labels are 0 to {@code classes() - 1}. */
    int classes();

    /** The class of an example, from 0. */
    int label(int row);

    /**
     * Writes what the probabilities of an example's classes should be to {@code target[offset ...]}, none below 0 and together
     * 1: that is 1 for its label and 0 for the others, unless somebody knows better, for example a network that teaches. {@link
     * dev.lenet.api.engine.Loss.Distillation} aims at them; everything else goes by {@link #label}.
     */
    default void readSoftLabel(int row, float[] target, int offset) {
        Arrays.fill(target, offset, offset + classes(), 0);
        int label = label(row);
        // One that is no class is reported by who trains on it.
        if (label >= 0 && label < classes()) {
            target[offset + label] = 1;
        }
    }

    /** Writes the values of an example, row-major and normalised, to {@code target[offset ...]}. */
    void read(int row, float[] target, int offset);

    /** What surrounds an image, as a normalised value: black, for images of pixels. */
    default float background() {
        return 0;
    }

    /**
     * The images in memory that the rows of this data set are, if they are nothing else, with the same values, labels and
     * classes: what an engine needs that keeps images on a device.
     */
    default Optional<ImageDataset> images() {
        return Optional.empty();
    }

    /**
     * Which row of {@link #images()} a row of this data set is.
     *
     * @throws UnsupportedOperationException if there are no such images
     */
    default int imageRow(int row) {
        throw new UnsupportedOperationException(
                "Data set: expected images in memory behind it, there are none. Ask images() first.");
    }

    /** The examples of those rows, in that order, as a data set of their own; nothing is copied. */
    default Dataset select(int[] rows) {
        return new Selection(this, rows.clone());
    }
}
