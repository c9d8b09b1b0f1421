package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A picture of any size in shades of grey, read from wherever it comes.
 *
 * <p>{@link DigitImage#of} finds the digit in it, and {@link Writing#of} several. {@link #scaled} takes the picture as it
 * is, which suits models that were not trained on characters: clothes, or folders of pictures.
 *
 * <p>Nothing about a picture is trusted. A file has at most 200 MB, a picture at most 250 million pixels and 30,000 on a
 * side, which its header tells before they are decoded; of one with more than 8 million pixels, every second or third
 * is decoded. Profiles of colour are left out, as are comments and previews. Colours become their luma, or the single red, green or blue that tells ink from paper better.
 */
public final class GreyPicture {
    /** What messages call a picture that has no name of its own. */
    static final String UNNAMED = "picture";

    private final String name;
    private final GreyImage image;

    private GreyPicture(String name, GreyImage image) {
        this.name = name;
        this.image = image;
    }

    /**
     * Reads a picture file or a pipe: PNG, JPEG, GIF or BMP, turned upright as its Exif or XMP note says.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture
     */
    public static GreyPicture read(Path file) {
        return new GreyPicture(file.toString(), PictureDecoder.read(file));
    }

    /**
     * Reads the bytes of a picture file.
     *
     * @param name what messages call it
     * @throws DatasetException if the bytes are damaged, too many, or no picture
     */
    public static GreyPicture read(byte[] file, String name) {
        return new GreyPicture(name, PictureDecoder.read(file, name));
    }

    /**
     * Reads a picture file to the end of a stream, which stays open. Up to 200 MB of it are held in memory; a program
     * that reads from strangers sets a lower limit of its own.
     *
     * @param name what messages call it
     * @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture
     */
    public static GreyPicture read(InputStream file, String name) {
        return new GreyPicture(name, PictureDecoder.read(file, name));
    }

    /**
     * Takes a picture that is decoded already.
     *
     * @param name what messages call it
     * @throws DatasetException if it is too large
     */
    public static GreyPicture of(BufferedImage picture, String name) {
        return new GreyPicture(name, PictureDecoder.of(picture, name));
    }

    /**
     * Takes grey pixels.
     *
     * @param pixels row-major, unsigned, 0 for black
     * @param name what messages call it
     * @throws IllegalArgumentException if they are not {@code width * height}, or none
     */
    public static GreyPicture of(int width, int height, byte[] pixels, String name) {
        if (width < 1 || height < 1 || (long) width * height != pixels.length) {
            throw new IllegalArgumentException(name + ": expected a pixel at each place of a picture of " + width + "x"
                    + height + ", received " + pixels.length + " pixels.");
        }
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xFF;
        }
        return new GreyPicture(name, new GreyImage(width, height, values));
    }

    /** In pixels; at most as stored, see above. */
    public int width() {
        return image.width();
    }

    /** In pixels; at most as stored, see above. */
    public int height() {
        return image.height();
    }

    /** Whether all its pixels have nearly the same grey, so that nothing stands out. */
    public boolean isBlank() {
        return image.contrast() < Ink.LEAST_CONTRAST;
    }

    /**
     * The whole picture in another size, stretched or shrunk whatever its proportions; each pixel is the mean of the area
     * it covers. Light and dark stay as they are.
     *
     * @return the pixels, row-major, unsigned, 0 for black
     */
    public byte[] scaled(int width, int height) {
        boolean same = image.width() == width && image.height() == height;
        return (same ? image : image.resized(0, 0, image.width(), image.height(), width, height)).bytes();
    }

    GreyImage image() {
        return image;
    }

    /** What to say if there is no digit in it. */
    DatasetException blank() {
        return new DatasetException(name + ": expected a picture of a digit, received a blank one, in which nothing"
                + " stands out from the background. Write with a darker pen, or crop the picture to the digit.");
    }

    /** What to say if there is too much in it. */
    DatasetException crowded(int most, String received) {
        return new DatasetException(name + ": expected at most " + most + " digits, received " + received
                + ". Crop the picture to what is written, without noise or a pattern.");
    }
}
