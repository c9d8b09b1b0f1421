package dev.lenet.app.image;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A digit as MNIST would show it: 28x28 pixels of 8 bits, white on black, row-major.
 *
 * <p>A picture that already looks like that (28x28 with a black border) is taken as it is, bit for bit, so an exported
 * MNIST image is recognised exactly as the original. Any other goes through {@link MnistRecipe}.
 *
 * @param pixels 784 of them, unsigned, 0 for the background; not copied
 */
public record DigitImage(byte[] pixels) {
    /** Pixels on each side. */
    public static final int SIDE = 28;

    /** Of 255; the border of every MNIST image has the median 0. */
    private static final float BLACK = 25;

    public DigitImage {
        if (pixels.length != SIDE * SIDE) {
            throw new IllegalArgumentException(
                    "DigitImage: expected " + SIDE * SIDE + " pixels, received " + pixels.length);
        }
    }

    /**
     * Reads a picture file: PNG, JPEG, GIF or BMP of any size and colour, ink darker or lighter than its background.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture, or if it shows nothing
     */
    public static DigitImage read(Path file) {
        GreyImage picture = PictureFile.read(file);
        if (picture.contrast() < MnistRecipe.LEAST_CONTRAST) {
            throw blank(file);
        }
        if (picture.width() == SIDE && picture.height() == SIDE && picture.borderMedian() <= BLACK) {
            return new DigitImage(picture.bytes());
        }
        GreyImage digit = MnistRecipe.apply(picture);
        if (digit == null) {
            throw blank(file);
        }
        return new DigitImage(digit.bytes());
    }

    /**
     * Makes a digit of a drawing as {@link #read} does of a picture file.
     *
     * @param side pixels on each side
     * @param drawing row-major, unsigned, ink lighter than its background or darker
     * @param character whether it is to be read as a character; otherwise it is only scaled, see {@link GreyPicture}
     * @return null if nothing was drawn
     */
    public static @Nullable DigitImage drawn(int side, byte[] drawing, boolean character) {
        float[] values = new float[drawing.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = drawing[i] & 0xFF;
        }
        GreyImage picture = new GreyImage(side, side, values);
        if (picture.contrast() < MnistRecipe.LEAST_CONTRAST) {
            return null;
        }
        if (!character) {
            return new DigitImage(picture.resized(0, 0, side, side, SIDE, SIDE).bytes());
        }
        @Nullable GreyImage digit = MnistRecipe.apply(picture);
        return digit == null ? null : new DigitImage(digit.bytes());
    }

    private static DatasetException blank(Path file) {
        return new DatasetException(file + ": expected a picture of a digit, received a blank one, in which nothing"
                + " stands out from the background. Write with a darker pen, or crop the picture to the digit.");
    }

    /** The pixels as a model takes them: {@code [1, 28, 28]}, row-major. */
    public float[] normalized(Normalization normalization) {
        float[] table = normalization.table();
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = table[pixels[i] & 0xFF];
        }
        return values;
    }
}
