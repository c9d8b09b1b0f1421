package dev.lenet.vision;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file: each a length, a name of four letters, data and a checksum. W3C, Portable Network Graphics,
 * third edition, section 5.
 *
 * <p>Those stay that make up the picture. The decoder of the JDK unpacks all texts and profiles of a picture with a palette,
 * whatever they grow to.
 */
final class PngChunks {
    /** Unpacked: 250 million pixels of 8 bits for red, green and blue, or 94 of 16 bits and alpha. */
    private static final long MOST_BITS = 6_000_000_000L;

    private static final int SIGNATURE = 8;
    private static final int LONGEST_PALETTE = 3 * 256;

    /** Of a text, packed or not, that may have a note in it. */
    private static final int LONGEST_NOTE = 1 << 20;

    /** Texts looked into; a picture has a few. */
    private static final int MOST_NOTES = 20;

    private static final int LONGEST_KEY = 80;

    private final Pieces in;
    private final Pieces kept;
    private final OrientationNotes notes = new OrientationNotes();
    private int texts;
    private @Nullable String excess;

    private PngChunks(PictureBytes file) throws IOException {
        this.in = Pieces.all(file);
        this.kept = new Pieces(file);
    }

    /**
     * Reads a file from end to end, and decodes nothing.
     *
     * @throws IOException if it cannot be read
     */
    static PictureParts of(PictureBytes file) throws IOException {
        PngChunks chunks = new PngChunks(file);
        chunks.kept.add(0, SIGNATURE);
        try {
            chunks.in.seek(SIGNATURE);
            while (!chunks.next().equals("IEND")) {
                // Goes on.
            }
        } catch (EOFException e) {
            // Cut off: the decoder says so.
        }
        return new PictureParts(chunks.kept, chunks.notes.orientation(), chunks.excess);
    }

    private String next() throws IOException {
        long start = in.getStreamPosition();
        int length = in.readInt();
        byte[] name = new byte[4];
        in.readFully(name);
        String type = new String(name, StandardCharsets.ISO_8859_1);
        if (length < 0) {
            throw new EOFException("what follows are no chunks");
        }
        long end = start + 12L + length;
        switch (type) {
            case "IHDR" -> {
                checkWork();
                kept.add(start, end);
            }
            case "PLTE", "tRNS" -> kept.add(start, length > LONGEST_PALETTE ? start : end);
            case "IDAT", "IEND" -> kept.add(start, end);
            case "CgBI" -> throw new IOException("it was packed for an iOS program, which only that can read");
            case "eXIf", "iTXt", "zTXt", "tEXt" -> look(type, length);
            default -> {}
        }
        in.seek(end);
        return type;
    }

    private void checkWork() throws IOException {
        long width = in.readInt();
        long height = in.readInt();
        int depth = in.readUnsignedByte();
        int color = in.readUnsignedByte();
        int channels = (color & 1) != 0 ? 1 : (color & 2) + 1 + (color >> 2 & 1);
        if (width * height * depth * channels > MOST_BITS) {
            excess = width + "x" + height + " pixels of " + depth * channels + " bits are too much";
        }
    }

    /** Into a chunk that may say how to turn the picture; its checksum is not looked at, as the decoder does not. */
    private void look(String type, int length) throws IOException {
        if (length > LONGEST_NOTE || texts == MOST_NOTES) {
            return;
        }
        byte[] data = new byte[length];
        in.readFully(data);
        if (type.equals("eXIf")) {
            notes.addExif(data);
            return;
        }
        int key = zero(data, 0);
        String name = new String(data, 0, Math.min(key, LONGEST_KEY), StandardCharsets.ISO_8859_1);
        if (type.equals("iTXt") && name.equals("XML:com.adobe.xmp")) {
            texts++;
            boolean packed = key + 1 < length && data[key + 1] == 1;
            notes.addXmp(rest(data, zero(data, zero(data, key + 3) + 1) + 1, packed));
        } else if (!type.equals("iTXt") && name.startsWith("Raw profile type ")) {
            texts++;
            boolean packed = type.equals("zTXt");
            byte[] profile = unhexed(rest(data, key + (packed ? 2 : 1), packed));
            if (name.endsWith(" exif") || name.endsWith(" APP1")) {
                notes.addExif(profile);
            }
            if (name.endsWith(" xmp") || name.endsWith(" APP1")) {
                notes.addXmp(profile);
            }
        }
    }

    /** Where the next zero byte is, or the end. */
    private static int zero(byte[] data, int from) {
        int at = from;
        while (at < data.length && data[at] != 0) {
            at++;
        }
        return at;
    }

    /** From there to the end, unpacked up to a length; nothing if that fails. */
    private static byte[] rest(byte[] data, int from, boolean packed) {
        if (from >= data.length) {
            return new byte[0];
        }
        InputStream rest = new ByteArrayInputStream(data, from, data.length - from);
        try (InputStream unpacked = packed ? new InflaterInputStream(rest) : rest) {
            return unpacked.readNBytes(LONGEST_NOTE);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** As ImageMagick writes profiles: a name, a length, then pairs of digits in lines. */
    private static byte[] unhexed(byte[] text) {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).strip().split("\\n", 3);
        String digits = lines.length < 3 ? "" : lines[2].replaceAll("\\s", "");
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
