package dev.lenet.fuzz;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.IdxFile;

/** IDX files of images. */
public final class ImagesTarget {
    private ImagesTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            IdxFile.images(Scratch.file("images-idx3-ubyte", data));
        } catch (DatasetException e) {
            Documented.check(e);
        }
    }
}
