package dev.lenet.report.chart;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.awt.image.BufferedImage;

/**
 * The pixels of an image, for example a digit of a data set, as a picture of one pixel each.
 *
 * @param pixels row-major, unsigned, 0 for black; of a coloured image first all of red, then green, then blue; not copied
 */
public record Thumbnail(int width, int height, byte[] pixels) {
    private static final int COLOURS = 3;

    /** @throws IllegalArgumentException if there is not a byte, or one for each of three colours, for each of width times height */
    public Thumbnail {
        if (pixels.length != width * height && pixels.length != COLOURS * width * height) {
            throw new IllegalArgumentException("Thumbnail: expected " + width + "x" + height + " pixels, received "
                    + pixels.length + ". Give a byte for each pixel, or three.");
        }
    }

    /**
     * An example of a data set: as it is stored in an {@link ImageDataset}; of others the least value is black and the
     * largest white.
     *
     * @throws ShapeException if the examples are not images {@code [1, height, width]} or {@code [3, height, width]}
     */
    public static Thumbnail of(Dataset images, int row) {
        Shape shape = images.exampleShape();
        check(shape);
        if (images instanceof ImageDataset stored) {
            byte[] pixels = new byte[shape.size()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) stored.pixel(row, i);
            }
            return new Thumbnail(shape.dimension(2), shape.dimension(1), pixels);
        }
        float[] values = new float[shape.size()];
        images.read(row, values, 0);
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        return of(shape, values, least, Math.max(largest, least + Float.MIN_NORMAL));
    }

    /**
     * An example of a data set, with its normalisation undone.
     *
     * @throws ShapeException if the examples are not images {@code [1, height, width]} or {@code [3, height, width]}
     */
    public static Thumbnail of(Dataset images, int row, Normalization normalization) {
        Shape shape = images.exampleShape();
        check(shape);
        float[] values = new float[shape.size()];
        images.read(row, values, 0);
        double black = -normalization.mean() / normalization.std();
        return of(shape, values, black, black + 1 / normalization.std());
    }

    private static void check(Shape shape) {
        if (shape.rank() != 3 || (shape.dimension(0) != 1 && shape.dimension(0) != COLOURS)) {
            throw new ShapeException("Thumbnail: expected images [1, height, width] or [3, height, width], received "
                    + shape + ". Show another data set.");
        }
    }

    private static Thumbnail of(Shape shape, float[] values, double black, double white) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            double share = (values[i] - black) / (white - black);
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return new Thumbnail(shape.dimension(2), shape.dimension(1), pixels);
    }

    /** The bytes of a PNG file of this width and height, without loss. */
    public byte[] png() {
        return Png.encode(image());
    }

    /** The same for drawing. */
    BufferedImage image() {
        int area = width * height;
        if (pixels.length == COLOURS * area) {
            BufferedImage coloured = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < area; i++) {
                int rgb = ((pixels[i] & 0xFF) << 16) | ((pixels[area + i] & 0xFF) << 8) | (pixels[2 * area + i] & 0xFF);
                coloured.setRGB(i % width, i / width, rgb);
            }
            return coloured;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }
}
