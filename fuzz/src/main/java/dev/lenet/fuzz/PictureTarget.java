package dev.lenet.fuzz;

import dev.lenet.api.DatasetException;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.Writing;

/** Pictures of digits, alone and several in one. */
public final class PictureTarget {
    private PictureTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            DigitImage.read(data);
        } catch (DatasetException e) {
            Documented.check(e);
        }
        try {
            Writing.read(data);
        } catch (DatasetException e) {
            Documented.check(e);
        }
    }
}
