package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A digit as MNIST would show it: 28x28 pixels of 8 bits, white on black, row-major. This is what a model reads:
 *
 * <pre>{@code
 * classifier.classify(DigitImage.read(Path.of("photo.jpg")).pixels())
 * }</pre>
 *
 * <p>A picture that already looks like that (28x28 with a black border) is taken as it is, bit for bit, so an exported
 * MNIST image is recognised exactly as the original. In any other, the ink is found, cropped, scaled and centred by the
 * recipe of MNIST's makers, whatever its colour and that of the paper, under light and shadow.
 *
 * <p>{@link GreyPicture} says which pictures can be read, and up to which size.
 *
 * @param pixels 784 of them, unsigned, 0 for the background; not copied
 */
public record DigitImage(byte[] pixels) {
    /** Pixels on each side: those of MNIST, and of everything made after its pattern. */
    public static final int SIDE = 28;

    /** Of 255; the border of every MNIST image has the median 0. */
    private static final float BLACK = 25;

    /** @throws IllegalArgumentException if there are not 784 pixels */
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
        return of(GreyPicture.read(file));
    }

    /**
     * Reads the bytes of a picture file as one digit. Messages call it "picture"; {@link GreyPicture#read(byte[],
     * String)} and {@link #of(GreyPicture)} give it a name.
     *
     * @throws DatasetException if the bytes are damaged, too many, or no picture, or if it shows nothing
     */
    public static DigitImage read(byte[] file) {
        return of(GreyPicture.read(file, GreyPicture.UNNAMED));
    }

    /**
     * Reads a picture file to the end of a stream, which stays open, as one digit. Messages call it "picture";
     * {@link GreyPicture#read(InputStream, String)} and {@link #of(GreyPicture)} give it a name.
     *
     * @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture, or if
     *     it shows nothing
     */
    public static DigitImage read(InputStream file) {
        return of(GreyPicture.read(file, GreyPicture.UNNAMED));
    }

    /**
     * Reads a decoded picture as one digit.
     *
     * @throws DatasetException if it is too large or shows nothing
     */
    public static DigitImage of(BufferedImage picture) {
        return of(GreyPicture.of(picture, GreyPicture.UNNAMED));
    }

    /**
     * Reads a picture as one digit.
     *
     * @throws DatasetException if it shows nothing
     */
    public static DigitImage of(GreyPicture picture) {
        return find(picture).orElseThrow(picture::blank);
    }

    /** Reads a picture as one digit; empty if it shows nothing. */
    public static Optional<DigitImage> find(GreyPicture picture) {
        if (picture.isBlank()) {
            return Optional.empty();
        }
        if (isOne(picture.image())) {
            return Optional.of(new DigitImage(picture.image().bytes()));
        }
        return Optional.ofNullable(MnistRecipe.look(picture.image())).map(MnistRecipe::whole);
    }

    /**
     * Crops, scales and centres what is ink already, for programs that draw: nothing has to be told from paper.
     *
     * @param ink values of {@code width * height} pixels, row-major, unsigned: 0 for the background, 255 for ink; not changed
     * @return empty if there is no ink
     * @throws IllegalArgumentException if there are not {@code width * height} values
     */
    public static Optional<DigitImage> ofInk(byte[] ink, int width, int height) {
        if (width < 1 || height < 1 || ink.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "DigitImage: expected " + width + " x " + height + " pixels, received " + ink.length + " values");
        }
        float[] values = new float[ink.length];
        boolean blank = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = ink[i] & 0xff;
            blank &= ink[i] == 0;
        }
        GreyImage image = new GreyImage(width, height, values);
        return blank ? Optional.empty() : Optional.of(MnistRecipe.digit(image, Box.around(image)));
    }

    /** Whether a picture looks as MNIST's own do. */
    static boolean isOne(GreyImage picture) {
        return picture.width() == SIDE && picture.height() == SIDE && hasBlackBorder(picture);
    }

    /** Whether a picture is black at its edges, as MNIST's own are. */
    static boolean hasBlackBorder(GreyImage picture) {
        return picture.borderMedian() <= BLACK;
    }

    /** Whether the other has the same pixels. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DigitImage digit && Arrays.equals(pixels, digit.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }
}
