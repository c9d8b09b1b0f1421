package dev.lenet.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a camera was held: a telephone stores every photo lying, and notes how to turn it. ImageIO ignores that note.
 *
 * <p>Exif 2.32, tag 0x0112 of the first directory; or {@code tiff:Orientation} in XMP, part 2, section 2.1.
 *
 * @param code 1 for upright; 2 to 8 for the other ways to turn and mirror a picture
 */
record ExifOrientation(int code) {
    static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int ORIENTATION = 0x0112;
    private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.US_ASCII);
    /** With a byte that should be 0. */
    private static final int EXIF_LENGTH = EXIF.length + 1;

    private static final Pattern XMP = Pattern.compile("tiff:Orientation\\s*(?:=\\s*[\"']|>)\\s*([1-8])\\s*[\"'<]");

    /** Whether bytes start as an Exif segment does. */
    static boolean isExif(byte[] bytes) {
        for (int i = 0; i < EXIF.length; i++) {
            if (i >= bytes.length || bytes[i] != EXIF[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What an Exif note says, with the mark at its start or without.
     *
     * @return null if it says nothing sensible: a damaged note about a picture is no reason to refuse it
     */
    static @Nullable ExifOrientation ofExif(byte[] note) {
        int start = isExif(note) ? EXIF_LENGTH : 0;
        try {
            return ofTiff(ByteBuffer.wrap(note, start, note.length - start).slice());
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** A TIFF header, then at the offset it names a directory: a count, and entries of 12 bytes. */
    private static @Nullable ExifOrientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int code = whole(tiff, entry);
                if (code >= 1 && code <= 8) {
                    return new ExifOrientation(code);
                }
            }
        }
        return null;
    }

    /** The value of an entry. It is to be a SHORT; readers take every whole number, and so do writers. */
    private static int whole(ByteBuffer tiff, int entry) {
        return switch (tiff.getShort(entry + 2)) {
            case 1, 6 -> tiff.get(entry + 8);
            case 4, 9 -> tiff.getInt(entry + 8);
            default -> tiff.getShort(entry + 8);
        };
    }

    /** What an XMP packet says; null if that is nothing sensible. */
    static @Nullable ExifOrientation ofXmp(byte[] packet) {
        Matcher matcher = XMP.matcher(new String(packet, StandardCharsets.ISO_8859_1));
        return matcher.find() ? new ExifOrientation(Integer.parseInt(matcher.group(1))) : null;
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
