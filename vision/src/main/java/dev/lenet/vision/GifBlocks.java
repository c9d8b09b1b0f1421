package dev.lenet.vision;

import java.io.EOFException;
import java.io.IOException;

/**
 * The blocks of a GIF file up to its first image. CompuServe, Graphics Interchange Format, version 89a.
 *
 * <p>Of the extensions the one stays that says which colour is transparent. The decoder of the JDK takes time with the square
 * of a comment's length.
 */
final class GifBlocks {
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;

    private GifBlocks() {}

    /**
     * Reads a file up to its first image, and decodes nothing.
     *
     * @throws IOException if it cannot be read
     */
    static PictureParts of(PictureBytes file) throws IOException {
        Pieces in = Pieces.all(file);
        Pieces kept = new Pieces(file);
        try {
            in.seek(HEADER - 3);
            in.seek(HEADER + colors(in.readUnsignedByte()));
            kept.add(0, in.getStreamPosition());
            long start = in.getStreamPosition();
            int block = in.readUnsignedByte();
            while (block == EXTENSION) {
                boolean control = in.readUnsignedByte() == GRAPHIC_CONTROL;
                skipData(in);
                if (control) {
                    kept.add(start, in.getStreamPosition());
                }
                start = in.getStreamPosition();
                block = in.readUnsignedByte();
            }
            // Up to the end: the decoder stops behind the first image, and judges what is none.
            kept.add(start, file.length());
        } catch (EOFException e) {
            // Cut off: the decoder says so.
        }
        return new PictureParts(kept, ExifOrientation.UPRIGHT, null);
    }

    /** Bytes of a table of colours by the flags before it. */
    private static int colors(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /** Pieces of up to 255 bytes, each with its length; the last is empty. */
    private static void skipData(Pieces in) throws IOException {
        int length = in.readUnsignedByte();
        while (length > 0) {
            in.skipBytes(length);
            length = in.readUnsignedByte();
        }
    }
}
