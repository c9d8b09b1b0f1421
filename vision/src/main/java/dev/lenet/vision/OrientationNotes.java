package dev.lenet.vision;

import org.jspecify.annotations.Nullable;

/** The notes in a picture file about how to turn it. The first sensible one in Exif counts, before any in XMP. */
final class OrientationNotes {
    /** Looked into; a picture has one or two. */
    private static final int MOST = 20;

    private @Nullable ExifOrientation exif;
    private @Nullable ExifOrientation xmp;
    private int seen;

    void addExif(byte[] note) {
        if (exif == null && seen++ < MOST) {
            exif = ExifOrientation.ofExif(note);
        }
    }

    void addXmp(byte[] packet) {
        if (xmp == null && seen++ < MOST) {
            xmp = ExifOrientation.ofXmp(packet);
        }
    }

    /** Upright where they say nothing. */
    ExifOrientation orientation() {
        if (exif != null) {
            return exif;
        }
        return xmp != null ? xmp : ExifOrientation.UPRIGHT;
    }
}
