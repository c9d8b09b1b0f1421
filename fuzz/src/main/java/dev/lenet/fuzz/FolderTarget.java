package dev.lenet.fuzz;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;

/** A folder for each class with pictures of any kind: the bytes are a picture of one class, the other has one that is good. */
public final class FolderTarget {
    private static final byte[] GOOD = Seeds.picture("png", 28, 28);

    private FolderTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Path folder = Scratch.folder().resolve("pictures");
        for (String part : new String[] {"train", "test"}) {
            Scratch.file("pictures/" + part + "/a/good.png", GOOD);
            Scratch.file("pictures/" + part + "/b/picture.png", data);
        }
        try {
            DatasetFinder.offline().find(DatasetKind.IMAGE_FOLDERS, folder).training(new Normalization(0, 1));
        } catch (DatasetException e) {
            Documented.check(e);
        }
    }
}
