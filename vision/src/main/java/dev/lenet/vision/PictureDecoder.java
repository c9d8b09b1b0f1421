package dev.lenet.vision;

import dev.lenet.api.DatasetException;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pictures that are not to be trusted, in bounded time and memory, as shades of grey on white, or in colours.
 *
 * <p>ImageIO decodes, and sees only the parts of a file that make up the picture ({@link PictureParts}).
 */
final class PictureDecoder {
    /** Of a picture in pixels; a telephone takes 12 to 200 million. */
    private static final long MOST_PIXELS = 250_000_000;

    /** Pixels; a decoder holds whole rows. */
    private static final int LONGEST_SIDE = 30_000;

    private static final int MOST_BYTES = 200_000_000;

    /** Of a larger picture only every second, third ... pixel is decoded, down to this many. */
    private static final long ENOUGH_PIXELS = 8_000_000;

    /** Of a pixel; of a picture with more, such as 16 for each colour, half as many pixels are enough. */
    private static final int FEW_BITS = 32;

    private PictureDecoder() {}

    /** What becomes of the pixels. */
    enum Tones {
        /** One image of greys. */
        GREY {
            @Override
            List<GreyImage> of(BufferedImage image) {
                return List.of(Greyscale.of(image));
            }
        },
        /** Three: red, green and blue. */
        COLOURS {
            @Override
            List<GreyImage> of(BufferedImage image) {
                return Greyscale.colours(image);
            }
        };

        abstract List<GreyImage> of(BufferedImage image);
    }

    /** @throws DatasetException if the file is missing, damaged, too large or no picture */
    static GreyImage read(Path file) {
        return read(file, Tones.GREY).get(0);
    }

    /** @throws DatasetException if the file is missing, damaged, too large or no picture */
    static List<GreyImage> read(Path file, Tones tones) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new DatasetException(name + ": expected a picture, received a directory. Name a file in it.");
        }
        try {
            // A pipe has no length and no places to go to.
            if (!Files.isRegularFile(file) && Files.exists(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    return read(in, name, tones);
                }
            }
            try (PictureBytes bytes = PictureBytes.of(file)) {
                return read(bytes, name, tones);
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture */
    static List<GreyImage> read(InputStream file, String name, Tones tones) {
        PictureBytes bytes;
        try {
            // What is no picture may never end.
            byte[] head = file.readNBytes(FileKind.HEAD);
            checkKind(head, name);
            bytes = PictureBytes.of(new SequenceInputStream(new ByteArrayInputStream(head), file), MOST_BYTES + 1);
        } catch (IOException e) {
            throw new DatasetException(
                    name + ": expected a picture, received only a part of it (" + e.getMessage() + "). Send it again.",
                    e);
        }
        return read(bytes, name, tones);
    }

    /** @throws DatasetException if the stream cannot be read, or what it gives is damaged, too large or no picture */
    static GreyImage read(InputStream file, String name) {
        return read(file, name, Tones.GREY).get(0);
    }

    /** @throws DatasetException if the bytes are damaged, too many, or no picture */
    static List<GreyImage> read(byte[] file, String name, Tones tones) {
        return read(PictureBytes.of(file), name, tones);
    }

    /** @throws DatasetException if the bytes are damaged, too many, or no picture */
    static GreyImage read(byte[] file, String name) {
        return read(file, name, Tones.GREY).get(0);
    }

    /** @throws DatasetException if the picture is too large */
    static List<GreyImage> of(BufferedImage picture, String name, Tones tones) {
        checkSize(picture.getWidth(), picture.getHeight(), name);
        return tones.of(everyPixel(step(picture.getWidth(), picture.getHeight(), ENOUGH_PIXELS), picture));
    }

    /** @throws DatasetException if the picture is too large */
    static GreyImage of(BufferedImage picture, String name) {
        return of(picture, name, Tones.GREY).get(0);
    }

    private static List<GreyImage> read(PictureBytes file, String name, Tones tones) {
        try {
            String format = checkKind(file.head(FileKind.HEAD), name);
            if (file.length() > MOST_BYTES) {
                throw new DatasetException(name + ": expected a picture of at most " + MOST_BYTES / 1_000_000
                        + " MB, received a larger file. Scale the picture down.");
            }
            if (format.equals("jpeg")) {
                JpegSegments segments = JpegSegments.of(file);
                return decode(segments.parts(), format, new RawJpeg(segments), name, tones);
            }
            PictureParts parts =
                    switch (format) {
                        case "png" -> PngChunks.of(file);
                        case "gif" -> GifBlocks.of(file);
                        default -> BmpHeader.of(file);
                    };
            return decode(parts, format, null, name, tones);
        } catch (DatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The decoders of the JDK answer damage with almost any exception.
            throw damaged(name, e);
        }
    }

    private static List<GreyImage> decode(
            PictureParts parts, String format, @Nullable RawJpeg raw, String name, Tones tones) throws IOException {
        try (Pieces in = parts.essence()) {
            ImageReader reader = reader(in, format);
            try {
                return tones.of(decode(reader, parts, raw, name)).stream()
                        .map(parts.orientation()::upright)
                        .toList();
            } finally {
                reader.dispose();
            }
        }
    }

    private static ImageReader reader(Pieces in, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (List.of(reader.getOriginatingProvider().getFormatNames()).contains(format)) {
                return reader;
            }
        }
        throw new IIOException("no decoder knows it");
    }

    private static BufferedImage decode(ImageReader reader, PictureParts parts, @Nullable RawJpeg raw, String name)
            throws IOException {
        reader.setInput(parts.essence(), true, true);
        AtomicBoolean cutOff = new AtomicBoolean();
        reader.addIIOReadWarningListener(
                // The JPEG decoder only warns, and makes the missing part grey.
                (source, warning) -> cutOff.compareAndSet(false, warning.contains("remature end")));
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        // By the header, before anything of that size is allocated.
        checkSize(width, height, name);
        if (parts.excess() != null) {
            throw new IOException(parts.excess());
        }
        ImageReadParam every = reader.getDefaultReadParam();
        int step = step(width, height, isDeep(reader) ? ENOUGH_PIXELS / 2 : ENOUGH_PIXELS);
        every.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image =
                raw != null && (raw.inks() || !reader.getImageTypes(0).hasNext())
                        ? raw.picture(reader.readRaster(0, every))
                        : reader.read(0, every);
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
    private static int step(int width, int height, long enough) {
        return Math.max(1, (int) Math.ceil(Math.sqrt((double) width * height / enough)));
    }

    private static boolean isDeep(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() && types.next().getColorModel().getPixelSize() > FEW_BITS;
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

    /** What ImageIO calls the format; any other kind is refused. */
    private static String checkKind(byte[] head, String name) {
        FileKind kind = FileKind.of(head);
        if (kind.format() == null) {
            throw new DatasetException(name + ": expected a PNG, JPEG, GIF or BMP picture of at most "
                    + MOST_BYTES / 1_000_000 + " MB, received " + kind.words() + ". " + kind.advice());
        }
        return kind.format();
    }

    /** Of a file that is not there, or cannot be read. */
    static DatasetException unreadable(String name, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new DatasetException(name + ": expected a picture, found none. Check the path.", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new DatasetException(
                    name + ": expected a picture, received one without the permission to read it. Allow it, as by:"
                            + " chmod u+r",
                    cause);
        }
        return new DatasetException(
                name + ": expected a picture, received a file that cannot be read (" + cause.getMessage()
                        + "). Copy it elsewhere.",
                cause);
    }

    private static DatasetException damaged(String name, Exception cause) {
        return new DatasetException(
                name + ": the picture is damaged or of a rare kind (" + cause.getMessage()
                        + "). Save it again as PNG or JPEG.",
                cause);
    }
}
