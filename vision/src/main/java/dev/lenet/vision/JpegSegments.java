package dev.lenet.vision;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG file: each a marker, mostly with a length and data. ITU-T T.81, annex B.
 *
 * <p>Markers are found as libjpeg finds them: any number of FF may come before one, and what else stands between segments
 * is skipped. Of the APP segments those stay that tell what the components mean.
 */
final class JpegSegments {
    /** Of a progressive picture; encoders make 3 to 13. Each takes as long as the whole picture takes otherwise. */
    private static final int MOST_SCANS = 100;

    /** In pixels times scans: 4 seconds. */
    private static final long MOST_WORK = 800_000_000;

    /**
     * All of a picture in several scans is held in memory, outside of the heap, at 2 bytes for each component of a pixel: 50
     * million pixels in full colour, or 100 million with colours at half the size.
     */
    private static final long MOST_COEFFICIENTS = 155_000_000;

    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int TEMPORARY = 0x01;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int COMMENT = 0xFE;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);

    private final Pieces in;
    private final Pieces kept;
    private final OrientationNotes notes = new OrientationNotes();
    private final boolean[] seen = new boolean[256];
    private byte[] frame = new byte[0];
    private byte[] adobe = new byte[0];
    private boolean severalScans;
    private int scans;

    private JpegSegments(PictureBytes file) throws IOException {
        this.in = Pieces.all(file);
        this.kept = new Pieces(file);
    }

    /**
     * Reads a file from end to end, and decodes nothing.
     *
     * @throws IOException if it cannot be read, or has too many scans
     */
    static JpegSegments of(PictureBytes file) throws IOException {
        JpegSegments segments = new JpegSegments(file);
        try {
            segments.readAll();
        } catch (EOFException e) {
            // Cut off: the decoder says so, if it misses anything.
        }
        return segments;
    }

    PictureParts parts() {
        return new PictureParts(kept, notes.orientation(), excess());
    }

    private void readAll() throws IOException {
        in.skipBytes(2);
        kept.add(0, 2);
        int marker = nextMarker();
        while (marker >= 0 && marker != END_OF_IMAGE) {
            marker = standsAlone(marker) ? nextMarker() : segment(marker);
        }
        if (marker == END_OF_IMAGE) {
            kept.add(in.getStreamPosition() - 2, in.getStreamPosition());
        }
    }

    private static boolean standsAlone(int marker) {
        return (marker >= FIRST_RESTART && marker <= START_OF_IMAGE) || marker == TEMPORARY;
    }

    /** Up to behind the next marker, which it returns; -1 at the end. */
    private int nextMarker() throws IOException {
        while (true) {
            int next = in.read();
            while (next >= 0 && next != 0xFF) {
                next = in.read();
            }
            while (next == 0xFF) {
                next = in.read();
            }
            if (next != 0) {
                return next;
            }
        }
    }

    /** Takes or leaves one, and returns the marker behind it. */
    private int segment(int marker) throws IOException {
        long start = in.getStreamPosition() - 2;
        // The length counts its own two bytes.
        int length = Math.max(0, in.readUnsignedShort() - 2);
        long end = start + 4 + length;
        boolean keep = marker != COMMENT && (marker < APP0 || marker > APP15);
        if (marker == APP1) {
            keep = isExif(contents(length));
        } else if (marker == APP0 || marker == APP14) {
            byte[] contents = contents(length);
            keep = !seen[marker] && startsWith(contents, marker == APP0 ? JFIF : ADOBE);
            adobe = keep && marker == APP14 ? contents : adobe;
        } else if (isFrame(marker)) {
            frame = contents(length);
            severalScans |= marker != 0xC0 && marker != 0xC1;
        }
        seen[marker] |= keep;
        int next;
        if (marker == START_OF_SCAN) {
            scan(in.read());
            in.seek(end);
            next = nextMarker();
            while (next >= FIRST_RESTART && next <= LAST_RESTART) {
                next = nextMarker();
            }
            end = next < 0 ? in.getStreamPosition() : in.getStreamPosition() - 2;
        } else {
            in.seek(end);
            next = nextMarker();
        }
        if (keep) {
            kept.add(start, end);
        }
        return next;
    }

    private byte[] contents(int length) throws IOException {
        byte[] contents = new byte[length];
        in.readFully(contents);
        return contents;
    }

    /** Whether it is the first of them: some decoders tell by it that a picture has a luma. */
    private boolean isExif(byte[] segment) {
        if (ExifOrientation.isExif(segment)) {
            notes.addExif(segment);
            return !seen[APP1];
        }
        if (startsWith(segment, XMP)) {
            notes.addXmp(segment);
        }
        return false;
    }

    private static boolean startsWith(byte[] segment, byte[] mark) {
        return segment.length >= mark.length && Arrays.equals(segment, 0, mark.length, mark, 0, mark.length);
    }

    /** SOF0 to SOF15; three of the numbers are other things. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void scan(int scanned) throws IOException {
        scans++;
        severalScans |= scanned < components();
        if (scans > MOST_SCANS) {
            throw new IOException("it has more than " + MOST_SCANS + " scans");
        }
    }

    /** Of a picture that is decoded as a whole; see {@link PictureParts}. */
    private @Nullable String excess() {
        if (!severalScans) {
            return null;
        }
        long pixels = (long) unsigned(1, 2) * unsigned(3, 2);
        long coefficients = 0;
        for (int k = 0; k < components(); k++) {
            coefficients += pixels * across(k) * down(k) / most();
        }
        return pixels * scans > MOST_WORK || coefficients > MOST_COEFFICIENTS
                ? scans + " progressive scans of " + unsigned(3, 2) + "x" + unsigned(1, 2) + " pixels are too much"
                : null;
    }

    /** 0 before a frame; 1 for grey, 3 for colours, 4 for inks. */
    int components() {
        return Math.min(unsigned(5, 1), Math.max(0, (frame.length - 6) / 3));
    }

    /** How the Adobe segment says that colours were changed; -1 if there is none. */
    int transform() {
        return adobe.length < 12 ? -1 : adobe[11] & 0xFF;
    }

    /** How many samples there are of a component for the least of any, from left to right. */
    private int across(int component) {
        return Math.max(1, unsigned(7 + 3 * component, 1) >> 4);
    }

    private int down(int component) {
        return Math.max(1, unsigned(7 + 3 * component, 1) & 15);
    }

    /** The most samples a component has for the least of any. */
    private int most() {
        int across = 1;
        int down = 1;
        for (int k = 0; k < components(); k++) {
            across = Math.max(across, across(k));
            down = Math.max(down, down(k));
        }
        return across * down;
    }

    /** Whether the second component has fewer samples than the first: chroma has, an ink has not. */
    boolean sparse() {
        return components() > 1 && across(1) * down(1) < across(0) * down(0);
    }

    private int unsigned(int at, int bytes) {
        int value = 0;
        for (int i = at; i < at + bytes && i < frame.length; i++) {
            value = (value << 8) | (frame[i] & 0xFF);
        }
        return value;
    }
}
