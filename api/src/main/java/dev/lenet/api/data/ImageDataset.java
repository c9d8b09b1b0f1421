package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Images of 8-bit pixels, kept as bytes and normalised on their way out.
 *
 * <p>MNIST's 60,000 images take 47 MB this way, a quarter of what they would as floats.
 */
public final class ImageDataset implements ImageRows {
    private final Shape exampleShape;
    private final int exampleSize;
    private final byte[] pixels;
    private final byte[] labels;
    private final int classes;
    private final Normalization normalization;
    private final float[] table;

    /**
     * @param exampleShape of one image, {@code [C, H, W]}
     * @param pixels image after image, row-major, unsigned; not copied
     * @param labels one an image, unsigned, below {@code classes}; not copied
     * @throws DatasetException if the numbers of pixels and labels do not fit, or a label is out of range
     */
    public ImageDataset(Shape exampleShape, byte[] pixels, byte[] labels, int classes, Normalization normalization) {
        this.exampleShape = exampleShape;
        this.exampleSize = exampleShape.size();
        if (pixels.length != (long) labels.length * exampleSize) {
            throw new DatasetException("Images and labels: expected one label for each of the "
                    + pixels.length / exampleSize + " images, received " + labels.length
                    + " labels. Use two files that belong together.");
        }
        for (int row = 0; row < labels.length; row++) {
            if ((labels[row] & 0xFF) >= classes) {
                throw new DatasetException("Label of example " + row + ": expected 0 to " + (classes - 1)
                        + ", received " + (labels[row] & 0xFF) + ". The label file is damaged, or for another task.");
            }
        }
        this.pixels = pixels;
        this.labels = labels;
        this.classes = classes;
        this.normalization = normalization;
        this.table = normalization.table();
    }

    /**
     * Grey images and their labels as IDX files hold them.
     *
     * @throws DatasetException if there is not one label for each image, or a label is out of range
     */
    public static ImageDataset of(IdxFile images, IdxFile labels, int classes, Normalization normalization) {
        Argument.check(
                images.dimensions().size() == 3 && labels.dimensions().size() == 1,
                "Data set",
                "images of 3 dimensions and labels of 1",
                images.dimensions() + " and " + labels.dimensions(),
                "Read them with IdxFile.images and IdxFile.labels.");
        Shape shape =
                Shape.of(1, images.dimensions().get(1), images.dimensions().get(2));
        return new ImageDataset(shape, images.values(), labels.values(), classes, normalization);
    }

    /** The same images under another normalisation; pixels are shared. */
    public ImageDataset normalizedBy(Normalization another) {
        return new ImageDataset(exampleShape, pixels, labels, classes, another);
    }

    /** How its pixels become inputs. */
    public Normalization normalization() {
        return normalization;
    }

    /** How often each of the 256 pixel values occurs in all images. */
    long[] pixelCounts() {
        long[] counts = new long[256];
        for (byte pixel : pixels) {
            counts[pixel & 0xFF]++;
        }
        return counts;
    }

    /** The raw value of a pixel of an image, 0 to 255. */
    public int pixel(int row, int index) {
        return pixels[imageRow(row) * exampleSize + Argument.checkIndex(index, exampleSize, "Image", "pixel")] & 0xFF;
    }

    /** The raw pixels of an image, {@code [C, H, W]} row-major and unsigned, as a new array. */
    public byte[] image(int row) {
        int from = imageRow(row) * exampleSize;
        return Arrays.copyOfRange(pixels, from, from + exampleSize);
    }

    /** All raw values, image after image, row-major, unsigned; read-only, and not copied. */
    public ByteBuffer pixels() {
        return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
    }

    /** The normalised value of each of the 256 raw ones. */
    public float[] values() {
        return table.clone();
    }

    @Override
    public ImageDataset images() {
        return this;
    }

    @Override
    public int imageRow(int row) {
        return Argument.checkIndex(row, labels.length, "Data set", "row");
    }

    @Override
    public Shape exampleShape() {
        return exampleShape;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int row) {
        return labels[imageRow(row)] & 0xFF;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        int from = imageRow(row) * exampleSize;
        for (int i = 0; i < exampleSize; i++) {
            target[offset + i] = table[pixels[from + i] & 0xFF];
        }
    }
}
