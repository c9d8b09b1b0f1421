package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.nio.file.Path;

/** A picture as it is, in shades of grey: not turned into a digit, only scaled. {@link DigitImage} does the other. */
public final class GreyPicture {
    private GreyPicture() {}

    /**
     * Reads a picture file: PNG, JPEG, GIF or BMP of any size and colour. One of another size is stretched or shrunk to
     * fit, whatever its proportions; each pixel is the mean of the area it covers. Light and dark stay as they are.
     *
     * @return the pixels, row-major, unsigned, 0 for black
     * @throws DatasetException if the file is missing, damaged, too large or no picture
     */
    public static byte[] read(Path file, int width, int height) {
        GreyImage picture = PictureFile.read(file);
        if (picture.width() == width && picture.height() == height) {
            return picture.bytes();
        }
        return picture.resized(0, 0, picture.width(), picture.height(), width, height)
                .bytes();
    }
}
