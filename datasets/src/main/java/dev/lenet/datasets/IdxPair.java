package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.nio.file.Path;
import java.util.List;

/** Two IDX files that belong together: images and their labels. */
public final class IdxPair {
    private IdxPair() {}

    /**
     * Reads any two files as they are: with no names, sizes or digests that they must have. Images in files of EMNIST's
     * names are turned upright.
     *
     * @param classes of the model they are for; if the highest label is that number and none is 0, they count from 1
     * @throws DatasetException if they are missing, damaged, or not what they are said to be
     */
    public static ImageDataset read(Path images, Path labels, int classes, Normalization normalization) {
        IdxFile pixels = uprightImages(images);
        IdxFile given = IdxFile.labels(labels);
        Labels range = Labels.in(List.of(given));
        boolean from1 = range.first() == 1 && range.count() == classes;
        return ImageDataset.of(pixels, from1 ? range.from0(given) : given, classes, normalization);
    }

    static IdxFile uprightImages(Path path) {
        IdxFile images = IdxFile.images(path);
        return Emnist.isNameOf(path) ? Emnist.transposed(images) : images;
    }
}
