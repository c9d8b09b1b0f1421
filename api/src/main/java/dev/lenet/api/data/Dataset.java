package dev.lenet.api.data;

import dev.lenet.api.Shape;

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

    /** Writes the values of an example, row-major and normalised, to {@code target[offset ...]}. */
    void read(int row, float[] target, int offset);

    /** What surrounds an image, as a normalised value: black, for images of pixels. */
    default float background() {
        return 0;
    }

    /** The examples of those rows, in that order, as a data set of their own; nothing is copied. */
    default Dataset select(int[] rows) {
        return new Selection(this, rows.clone());
    }
}
