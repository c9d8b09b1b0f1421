package dev.lenet.vision;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * How a camera was held: a telephone stores every photo lying, and notes how to turn it. ImageIO ignores that note.
 *
 * <p>Exif 2.32, tag 0x0112, in the first directory of the APP1 segment of a JPEG file.
 *
 * @param code 1 for upright; 2 to 8 for the other ways to turn and mirror a picture
 */
record ExifOrientation(int code) {
    static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ORIENTATION = 0x0112;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /** The orientation of a JPEG file, read from its start; upright where it says nothing sensible. */
    static ExifOrientation of(ImageInputStream in) throws IOException {
        try {
            in.seek(2);
            while (in.read() == 0xFF) {
                int marker = in.read();
                // The length counts its own two bytes.
                int length = in.readUnsignedShort() - 2;
                if (marker == START_OF_SCAN || length < 0) {
                    return UPRIGHT;
                }
                byte[] segment = new byte[length];
                in.readFully(segment);
                if (marker == APP1 && startsWithExif(segment)) {
                    return of(ByteBuffer.wrap(segment, EXIF.length, length - EXIF.length)
                            .slice());
                }
            }
            return UPRIGHT;
        } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // The decoder has seen a picture: a damaged note about it is no reason to refuse it.
            return UPRIGHT;
        }
    }

    private static boolean startsWithExif(byte[] segment) {
        for (int i = 0; i < EXIF.length; i++) {
            if (i >= segment.length || segment[i] != EXIF[i]) {
                return false;
            }
        }
        return true;
    }

    /** A TIFF header, then at the offset it names a directory: a count, and entries of 12 bytes. */
    private static ExifOrientation of(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int code = tiff.getShort(entry + 8);
                return code >= 1 && code <= 8 ? new ExifOrientation(code) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** The stored picture as it is to be looked at. */
    GreyImage upright(GreyImage stored) {
        if (code == 1) {
            return stored;
        }
        boolean turned = code >= 5;
        int width = turned ? stored.height() : stored.width();
        int height = turned ? stored.width() : stored.height();
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        float[] values = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                values[y * width + x] = switch (code) {
                    case 2 -> stored.at(right - x, y);
                    case 3 -> stored.at(right - x, bottom - y);
                    case 4 -> stored.at(x, bottom - y);
                    case 5 -> stored.at(y, x);
                    case 6 -> stored.at(y, bottom - x);
                    case 7 -> stored.at(right - y, bottom - x);
                    default -> stored.at(right - y, x);
                };
            }
        }
        return new GreyImage(width, height, values);
    }
}
