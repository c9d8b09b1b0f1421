package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;

/**
 * Labelled examples that can be read in any order, by any number of threads.
 *
 * <p>A data set hands out an example already normalised; how it stores it is its own business. {@link ArrayDataset} has
 * examples of any kind in memory, {@link ImageDataset} images of 8-bit pixels. An engine that knows the type of a data set,
 * as {@link ImageRows}, may take a faster way to the same values.
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

    /**
     * The examples of those rows, in that order, as a data set of their own; nothing is copied.
     *
     * @param rows may repeat
     * @throws IndexOutOfBoundsException if this data set has no such row
     */
    default Dataset select(int[] rows) {
        Dataset all = this;
        int[] selected = rows.clone();
        for (int row : selected) {
            Argument.checkIndex(row, size(), "Data set", "row");
        }
        return new Dataset() {
            @Override
            public Shape exampleShape() {
                return all.exampleShape();
            }

            @Override
            public int size() {
                return selected.length;
            }

            @Override
            public int classes() {
                return all.classes();
            }

            private int row(int row) {
                return selected[Argument.checkIndex(row, selected.length, "Data set", "row")];
            }

            @Override
            public int label(int row) {
                return all.label(row(row));
            }

            @Override
            public void read(int row, float[] target, int offset) {
                all.read(row(row), target, offset);
            }
        };
    }
}
