package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes pictures that are not to be trusted, in bounded memory, as shades of grey on white. */
final class PictureDecoder {
    /** What ImageIO offers beyond these is either exotic or, as WBMP, takes almost any bytes for a picture. */
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

    /** Of a picture in pixels; a telephone takes 12 to 50 million. Decoding one takes up to 6 bytes for each. */
    private static final long MOST_PIXELS = 50_000_000;

    /** Pixels; a decoder holds whole rows. */
    private static final int LONGEST_SIDE = 30_000;

    private static final int MOST_BYTES = 200_000_000;

    /** Of a larger picture only every second, third ... pixel is decoded, down to this many. */
    private static final long ENOUGH_PIXELS = 8_000_000;

    private PictureDecoder() {}

    /** @throws DatasetException if the file is missing, damaged, too large or no picture */
    static GreyImage read(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new DatasetException(name + ": expected a picture, received a directory. Name a file in it.");
        }
        if (!Files.exists(file)) {
            throw new DatasetException(name + ": expected a picture, found none. Check the path.");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw another(name);
            }
            try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
                return read(in, name);
            }
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    /** @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture */
    static GreyImage read(InputStream file, String name) {
        byte[] bytes;
        try {
            bytes = file.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new DatasetException(
                    name + ": expected a picture, received only a part of it (" + e.getMessage() + "). Send it again.",
                    e);
        }
        return read(bytes, name);
    }

    /** @throws DatasetException if the bytes are damaged, too many, or no picture */
    static GreyImage read(byte[] file, String name) {
        if (file.length > MOST_BYTES) {
            throw another(name);
        }
        // Not by ImageIO, which would write a temporary file unless the whole program is told otherwise.
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            return read(in, name);
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    /** @throws DatasetException if the picture is too large */
    static GreyImage of(BufferedImage picture, String name) {
        checkSize(picture.getWidth(), picture.getHeight(), name);
        return Greyscale.of(everyPixel(step(picture.getWidth(), picture.getHeight()), picture));
    }

    private static GreyImage read(ImageInputStream in, String name) throws IOException {
        ImageReader reader = reader(in);
        if (reader == null) {
            throw another(name);
        }
        try {
            // First, as a decoder lets go of what it has read.
            ExifOrientation orientation = is("jpeg", reader) ? ExifOrientation.of(in) : ExifOrientation.UPRIGHT;
            in.seek(0);
            return orientation.upright(Greyscale.of(decode(in, reader, name)));
        } catch (DatasetException e) {
            throw e;
        } catch (RuntimeException e) {
            // The decoders of the JDK answer damage with almost any exception.
            throw damaged(name, e);
        } finally {
            reader.dispose();
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

    private static BufferedImage decode(ImageInputStream in, ImageReader reader, String name) throws IOException {
        // Without metadata: compressed texts and colour profiles in it could be bombs.
        reader.setInput(in, true, true);
        AtomicBoolean cutOff = new AtomicBoolean();
        reader.addIIOReadWarningListener(
                // The JPEG decoder only warns, and makes the missing part grey.
                (source, warning) -> cutOff.compareAndSet(false, warning.contains("remature end")));
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        // By the header, before anything of that size is allocated.
        checkSize(width, height, name);
        ImageReadParam every = reader.getDefaultReadParam();
        int step = step(width, height);
        every.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = reader.read(0, every);
        if (cutOff.get()) {
            throw new IOException("it ends too early");
        }
        return image;
    }

    private static void checkSize(int width, int height, String name) {
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
            throw new DatasetException(name + ": expected a picture of at most " + MOST_PIXELS / 1_000_000
                    + " million pixels and " + LONGEST_SIDE + " on a side, received " + width + "x" + height
                    + ". Scale it down.");
        }
    }

    /** Of how many pixels, in both directions, one is kept. */
    private static int step(int width, int height) {
        return Math.max(1, (int) Math.ceil(Math.sqrt((double) width * height / ENOUGH_PIXELS)));
    }

    /** What decoding with that step would have made of a picture. */
    private static BufferedImage everyPixel(int step, BufferedImage picture) {
        if (step == 1) {
            return picture;
        }
        int width = (picture.getWidth() + step - 1) / step;
        int height = (picture.getHeight() + step - 1) / step;
        WritableRaster raster = picture.getRaster().createCompatibleWritableRaster(width, height);
        @Nullable Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixel = picture.getRaster().getDataElements(x * step, y * step, pixel);
                raster.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(picture.getColorModel(), raster, picture.isAlphaPremultiplied(), null);
    }

    private static DatasetException another(String name) {
        return new DatasetException(name + ": expected a PNG, JPEG, GIF or BMP picture of at most "
                + MOST_BYTES / 1_000_000 + " MB, received a file of another kind. Export it as PNG or JPEG.");
    }

    private static DatasetException damaged(String name, Exception cause) {
        return new DatasetException(
                name + ": the picture is damaged or of a rare kind (" + cause.getMessage()
                        + "). Save it again as PNG or JPEG.",
                cause);
    }
}
