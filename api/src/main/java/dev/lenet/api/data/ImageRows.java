package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import java.util.Arrays;

/**
 * A data set whose examples are images in memory and nothing else: an {@link ImageDataset}, or some rows of one.
 *
 * <p>An engine that keeps images on a device asks for it with {@code instanceof}. It copies {@link #images} once, and
 * gathers the examples there by their {@link #imageRow}. A data set that changes images, for example one that augments them,
 * is no such thing.
 *
 * <p>Shape, classes, labels and values are those of the images.
 */
public interface ImageRows extends Dataset {

    /** The images. */
    ImageDataset images();

    /**
     * Which row of {@link #images()} an example is.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    int imageRow(int row);

    @Override
    default Shape exampleShape() {
        return images().exampleShape();
    }

    @Override
    default int classes() {
        return images().classes();
    }

    @Override
    default int label(int row) {
        return images().label(imageRow(row));
    }

    @Override
    default void read(int row, float[] target, int offset) {
        images().read(imageRow(row), target, offset);
    }

    @Override
    default ImageRows select(int[] rows) {
        ImageDataset images = images();
        int[] imageRows = Arrays.stream(rows).map(this::imageRow).toArray();
        return new ImageRows() {
            @Override
            public ImageDataset images() {
                return images;
            }

            @Override
            public int imageRow(int row) {
                return imageRows[Argument.checkIndex(row, imageRows.length, "Data set", "row")];
            }

            @Override
            public int size() {
                return imageRows.length;
            }
        };
    }
}
