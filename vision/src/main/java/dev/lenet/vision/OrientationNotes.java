package dev.lenet.vision;

import org.jspecify.annotations.Nullable;

/** The notes in a picture file about how to turn it. The first sensible one in Exif counts, before any in XMP. */
final class OrientationNotes {
    private @Nullable ExifOrientation exif;
    private @Nullable ExifOrientation xmp;

    void addExif(byte[] note) {
        exif = exif != null ? exif : ExifOrientation.ofExif(note);
    }

    void addXmp(byte[] packet) {
        xmp = xmp != null ? xmp : ExifOrientation.ofXmp(packet);
    }

    /** Upright where they say nothing. */
    ExifOrientation orientation() {
        if (exif != null) {
            return exif;
        }
        return xmp != null ? xmp : ExifOrientation.UPRIGHT;
    }
}
