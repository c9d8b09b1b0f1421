package dev.lenet.vision;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An image as a model reads it: grey, or red, green and blue, of any size.
 *
 * @param shape {@code [C, H, W]}, with 1 or 3 channels
 * @param pixels of that shape, row-major, unsigned; not copied
 */
public record ModelImage(Shape shape, byte[] pixels) {
    /** ITU-R BT.601, in thousandths: how much of red, green and blue a grey is made of. */
    private static final int[] LUMA = {299, 587, 114};

    /**
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     * @throws IllegalArgumentException if there are not as many pixels as the shape says
     */
    public ModelImage {
        checkShape(shape);
        if (pixels.length != shape.size()) {
            throw new IllegalArgumentException(
                    "ModelImage: expected the " + shape.size() + " pixels of " + shape + ", received " + pixels.length);
        }
    }

    /** A digit as a model of 28x28 grey images reads it. */
    public static ModelImage of(DigitImage digit) {
        return new ModelImage(Shape.of(1, DigitImage.SIDE, DigitImage.SIDE), digit.pixels());
    }

    static void checkShape(Shape shape) {
        if (shape.rank() != 3 || (shape.dimension(0) != 1 && shape.dimension(0) != ColourPicture.CHANNELS)) {
            throw new ShapeException("Picture: expected a model of images [channels, height, width] of 1 or 3 channels,"
                    + " received one of " + shape + ". Give it values of that shape in a program; pictures are grey, or"
                    + " red, green and blue.");
        }
    }

    /** 1 or 3. */
    public int channels() {
        return shape.dimension(0);
    }

    /** In pixels. */
    public int height() {
        return shape.dimension(1);
    }

    /** In pixels. */
    public int width() {
        return shape.dimension(2);
    }

    /** A pixel as {@code 0xRRGGBB}; red, green and blue of a grey one are equal. */
    public int rgb(int x, int y) {
        int red = value(0, x, y);
        return channels() == 1 ? red * 0x010101 : red << 16 | value(1, x, y) << 8 | value(2, x, y);
    }

    /** How light a pixel is, 0 to 255. */
    public int luma(int x, int y) {
        return channels() == 1 ? value(0, x, y) : mixed(rgb(x, y));
    }

    private int value(int channel, int x, int y) {
        return pixels[(channel * height() + y) * width() + x] & 0xFF;
    }

    private static int mixed(int rgb) {
        return (LUMA[0] * (rgb >> 16) + LUMA[1] * (rgb >> 8 & 0xFF) + LUMA[2] * (rgb & 0xFF) + 500) / 1000;
    }

    /**
     * The same as another shape: scaled until it covers it, without changing its proportions, and what stands out cut off on both
     * sides. Colours become their luma, greys three equal colours.
     *
     * @return this image if it has that shape
     * @throws ShapeException if it is not the shape of an image of 1 or 3 channels
     */
    public ModelImage as(Shape another) {
        checkShape(another);
        if (another.equals(shape)) {
            return this;
        }
        return joined(
                planes(another.dimension(0)),
                another,
                plane -> plane.covering(another.dimension(2), another.dimension(1)));
    }

    /** What is made of planes of one size each, one after the other. */
    static ModelImage joined(List<GreyImage> planes, Shape shape, UnaryOperator<GreyImage> change) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream(shape.size());
        planes.forEach(plane -> pixels.writeBytes(change.apply(plane).bytes()));
        return new ModelImage(shape, pixels.toByteArray());
    }

    private List<GreyImage> planes(int count) {
        List<GreyImage> planes = new ArrayList<>();
        for (int c = 0; c < Math.min(count, channels()); c++) {
            float[] values = new float[height() * width()];
            for (int i = 0; i < values.length; i++) {
                int x = i % width();
                int y = i / width();
                values[i] = count == 1 ? luma(x, y) : value(c, x, y);
            }
            planes.add(new GreyImage(width(), height(), values));
        }
        return planes.size() == count ? planes : Collections.nCopies(count, planes.get(0));
    }

    /** Whether the other has the same shape and pixels. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ModelImage image && shape.equals(image.shape) && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }
}
