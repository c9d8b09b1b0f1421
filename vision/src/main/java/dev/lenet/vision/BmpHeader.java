package dev.lenet.vision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The header of a BMP file, without what could lead its decoder elsewhere. Microsoft, BITMAPV5HEADER. */
final class BmpHeader {
    private static final int FILE_HEADER = 14;
    /** From here on there is a compression, at 30. */
    private static final int INFO_HEADER = 40;
    /** From here on there is a space of colours, at 70. */
    private static final int V4_HEADER = 108;

    /** Pixels; the decoder of the JDK holds all of a picture in runs. */
    private static final long MOST_IN_RUNS = 50_000_000;

    private static final byte[] SRGB = "BGRs".getBytes(StandardCharsets.US_ASCII);

    private BmpHeader() {}

    /**
     * Looks at the header alone.
     *
     * @throws IOException if it cannot be read, or wraps a picture of its own size
     */
    static PictureParts of(PictureBytes file) throws IOException {
        ByteBuffer header =
                ByteBuffer.wrap(file.head(FILE_HEADER + INFO_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        @Nullable String excess = null;
        int size = header.limit() < 18 ? 0 : header.getInt(14);
        if (size >= INFO_HEADER && header.limit() == FILE_HEADER + INFO_HEADER) {
            int compression = header.getInt(30);
            if (compression == 4 || compression == 5) {
                throw new IOException("it wraps a JPEG or PNG picture");
            }
            long pixels = Math.abs((long) header.getInt(18) * header.getInt(22));
            if ((compression == 1 || compression == 2) && pixels > MOST_IN_RUNS) {
                excess = pixels + " pixels in runs are too much";
            }
        }
        // A profile may be as long as it says, or the name of another file.
        PictureBytes plain = size >= V4_HEADER ? file.with(FILE_HEADER + 56, SRGB) : file;
        return new PictureParts(Pieces.all(plain), ExifOrientation.UPRIGHT, excess);
    }
}
