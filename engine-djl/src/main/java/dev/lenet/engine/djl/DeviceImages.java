package dev.lenet.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lenet.api.data.ImageDataset;
import java.nio.ByteBuffer;

/**
 * A whole data set where the engine computes: pixels as the bytes they are, labels, and what each of the 256 values of a
 * pixel is as an input. MNIST takes 48 MB.
 *
 * @param pixels {@code [size, pixels of an image]}, 8-bit
 * @param labels {@code [size]}, 64-bit
 * @param values {@code [256]}, 32-bit floating point
 */
record DeviceImages(NDArray pixels, NDArray labels, NDArray values) {
    /** Bytes that are copied at once. */
    private static final int PORTION = 8 << 20;

    /** Copies a data set into arrays of that manager. */
    static DeviceImages copyOf(ImageDataset images, NDManager manager) {
        int imageSize = images.exampleShape().size();
        return new DeviceImages(
                pixels(images.pixels(), imageSize, manager),
                labels(images, manager),
                HostBuffer.copyIn(manager, images.values(), dev.lenet.api.Shape.of(256)));
    }

    private static NDArray pixels(ByteBuffer bytes, int imageSize, NDManager manager) {
        int rows = Math.max(1, PORTION / imageSize);
        HostBuffer buffer = new HostBuffer();
        try (NDManager scope = manager.newSubManager()) {
            NDList portions = new NDList();
            while (bytes.hasRemaining()) {
                int length = Math.min(bytes.remaining(), rows * imageSize);
                buffer.room(length).put(bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
                Shape shape = new Shape(length / imageSize, imageSize);
                portions.add(buffer.copy(scope, shape, DataType.UINT8));
            }
            NDArray pixels = NDArrays.concat(portions);
            pixels.attach(manager);
            return pixels;
        }
    }

    private static NDArray labels(ImageDataset images, NDManager manager) {
        long[] labels = new long[images.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = images.label(row);
        }
        return manager.create(labels);
    }

    /**
     * Some images as inputs, the same bits as {@link ImageDataset#read} gives.
     *
     * @param rows {@code [N]}, 64-bit, in the manager that owns the result
     * @return {@code [N, pixels of an image]}
     */
    NDArray inputs(NDArray rows) {
        NDManager scope = rows.getManager();
        NDArray raw = HostBuffer.alias(pixels, scope).get(rows);
        return HostBuffer.alias(values, scope).take(raw.toType(DataType.INT64, false));
    }

    /** The labels of the images, {@code [N]}. */
    NDArray labels(NDArray rows) {
        return HostBuffer.alias(labels, rows.getManager()).get(rows);
    }
}
