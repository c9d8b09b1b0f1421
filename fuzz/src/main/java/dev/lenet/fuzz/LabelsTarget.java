package dev.lenet.fuzz;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.IdxFile;

/** IDX files of labels. */
public final class LabelsTarget {
    private LabelsTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            IdxFile.labels(Scratch.file("labels-idx1-ubyte", data));
        } catch (DatasetException e) {
            Documented.check(e);
        }
    }
}
