package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a picture file that nobody vouches for, in bounded memory, as shades of grey on white. */
final class PictureFile {
    /** What ImageIO offers beyond these is either exotic or, as WBMP, takes almost any bytes for a picture. */
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

    /** Of a picture in pixels; a telephone takes 12 to 50 million. Decoding one takes up to 6 bytes for each. */
    private static final long MOST_PIXELS = 50_000_000;

    /** Pixels; a decoder holds whole rows. */
    private static final int LONGEST_SIDE = 30_000;

    private static final long MOST_BYTES = 200_000_000;

    /** A larger picture is decoded at every second, third ... pixel only, to this many in the end. */
    private static final long ENOUGH_PIXELS = 8_000_000;

    static {
        // Nothing here needs a screen, nor temporary files.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        ImageIO.setUseCache(false);
    }

    private PictureFile() {}

    /**
     * @throws DatasetException if the file is missing, damaged, too large or no picture
     */
    static GreyImage read(Path file) {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file + ": expected a picture, received a directory. Name a file in it.");
        }
        if (!Files.exists(file)) {
            throw new DatasetException(file + ": expected a picture, found none. Check the path.");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = in == null || Files.size(file) > MOST_BYTES ? null : reader(in);
            if (reader == null) {
                throw new DatasetException(file + ": expected a PNG, JPEG, GIF or BMP picture of at most "
                        + MOST_BYTES / 1_000_000 + " MB, received a file of another kind. Export it as PNG or JPEG.");
            }
            try {
                GreyImage grey = Tones.of(decode(file, in, reader));
                return is("jpeg", reader) ? ExifOrientation.of(file).upright(grey) : grey;
            } finally {
                reader.dispose();
            }
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(file, e);
        } catch (RuntimeException e) {
            // The decoders of the JDK answer damage with almost any exception.
            throw damaged(file, e);
        }
    }

    private static @Nullable ImageReader reader(ImageInputStream in) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.stream().anyMatch(format -> is(format, reader))) {
                return reader;
            }
        }
        return null;
    }

    private static boolean is(String format, ImageReader reader) {
        return List.of(reader.getOriginatingProvider().getFormatNames()).contains(format);
    }

    private static BufferedImage decode(Path file, ImageInputStream in, ImageReader reader) throws IOException {
        // Without metadata: compressed texts and colour profiles in it could be bombs.
        reader.setInput(in, true, true);
        AtomicBoolean cutOff = new AtomicBoolean();
        reader.addIIOReadWarningListener(
                // The JPEG decoder only warns, and makes the missing part grey.
                (source, warning) -> cutOff.compareAndSet(false, warning.contains("remature end")));
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        // By the header, before anything of that size is allocated.
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS) {
            throw new DatasetException(file + ": expected a picture of at most " + MOST_PIXELS / 1_000_000
                    + " million pixels and " + LONGEST_SIDE + " on a side, received " + width + "x" + height
                    + ". Scale it down.");
        }
        ImageReadParam every = reader.getDefaultReadParam();
        int step = (int) Math.ceil(Math.sqrt((double) (width * height) / ENOUGH_PIXELS));
        every.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
        BufferedImage image = reader.read(0, every);
        if (cutOff.get()) {
            throw new IOException("it ends too early");
        }
        return image;
    }

    private static DatasetException damaged(Path file, Exception cause) {
        return new DatasetException(
                file + ": the picture is damaged or of a rare kind (" + cause.getMessage()
                        + "). Save it again as PNG or JPEG.",
                cause);
    }
}
