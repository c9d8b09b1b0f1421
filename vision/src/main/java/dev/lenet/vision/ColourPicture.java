package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import dev.lenet.vision.PictureDecoder.Tones;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A picture of any size in red, green and blue, read from wherever it comes, for models of coloured images. Limits of size, and
 * formats, are those of {@link GreyPicture}; what is transparent lies on white, or on black if it would vanish there.
 */
public final class ColourPicture {
    /** Red, green, blue. */
    static final int CHANNELS = 3;

    private final List<GreyImage> planes;

    private ColourPicture(List<GreyImage> planes) {
        this.planes = planes;
    }

    /**
     * Reads a picture file or a pipe: PNG, JPEG, GIF or BMP, turned upright as its Exif or XMP note says.
     *
     * @throws DatasetException if the file is missing, damaged, too large or no picture
     */
    public static ColourPicture read(Path file) {
        return new ColourPicture(PictureDecoder.read(file, Tones.COLOURS));
    }

    /**
     * Reads the bytes of a picture file.
     *
     * @param name what messages call it
     * @throws DatasetException if the bytes are damaged, too many, or no picture
     */
    public static ColourPicture read(byte[] file, String name) {
        return new ColourPicture(PictureDecoder.read(file, name, Tones.COLOURS));
    }

    /**
     * Reads a picture file to the end of a stream, which stays open.
     *
     * @param name what messages call it
     * @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture
     */
    public static ColourPicture read(InputStream file, String name) {
        return new ColourPicture(PictureDecoder.read(file, name, Tones.COLOURS));
    }

    /**
     * Takes a picture that is decoded already.
     *
     * @param name what messages call it
     * @throws DatasetException if it is too large
     */
    public static ColourPicture of(BufferedImage picture, String name) {
        return new ColourPicture(PictureDecoder.of(picture, name, Tones.COLOURS));
    }

    /** In pixels; at most as stored. */
    public int width() {
        return planes.get(0).width();
    }

    /** In pixels; at most as stored. */
    public int height() {
        return planes.get(0).height();
    }

    /** Whether red, green and blue are the same everywhere. */
    public boolean isGrey() {
        float[] red = planes.get(0).values();
        return Arrays.equals(red, planes.get(1).values())
                && Arrays.equals(red, planes.get(2).values());
    }

    List<GreyImage> planes() {
        return planes;
    }
}
