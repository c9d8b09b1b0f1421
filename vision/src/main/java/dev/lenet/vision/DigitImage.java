package dev.lenet.vision;

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
     * Reads a picture file as one digit; {@link Writing} has more.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture, or if it shows nothing
     */
    public static DigitImage read(Path file) {
        return Writing.read(file).whole();
    }

    /** Whether a picture looks as MNIST's own do. */
    static boolean isOne(GreyImage picture) {
        return picture.width() == SIDE && picture.height() == SIDE && picture.borderMedian() <= BLACK;
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
        if (picture.contrast() < Ink.LEAST_CONTRAST) {
            return null;
        }
        if (!character) {
            return new DigitImage(picture.resized(0, 0, side, side, SIDE, SIDE).bytes());
        }
        MnistRecipe.@Nullable View view = MnistRecipe.look(picture);
        return view == null ? null : MnistRecipe.digit(view.ink(), Box.around(view.ink()));
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
