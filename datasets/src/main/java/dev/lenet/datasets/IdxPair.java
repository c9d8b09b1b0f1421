package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import java.nio.file.Path;

/** Two IDX files that belong together: images and their labels. */
public final class IdxPair {
    private IdxPair() {}

    /**
     * Reads any two files as they are: with no names, sizes or digests that they must have. Images in files of EMNIST's
     * names are turned upright.
     *
     * @param codes the numbers that stand for the classes in the label file, as a model keeps them
     * @throws DatasetException if they are missing, damaged, or not what they are said to be
     */
    public static ImageDataset read(Path images, Path labels, LabelCodes codes, Normalization normalization) {
        IdxFile pixels = uprightImages(images);
        IdxFile given = IdxFile.labels(labels);
        DatasetFiles.checkCount(images, pixels, labels, given);
        return ImageDataset.of(pixels, codes.classes(labels, given), codes.count(), normalization);
    }

    /**
     * The same in the shape that a model takes: scaled and cropped where they have another, see {@link ImageSource#shaped}.
     *
     * @param shape {@code [C, H, W]}, with 1 or 3 channels
     * @throws DatasetException if they are missing, damaged, or not what they are said to be
     */
    public static ImageDataset read(
            Path images, Path labels, LabelCodes codes, Normalization normalization, Shape shape) {
        return ShapedSource.shaped(read(images, labels, codes, normalization), shape);
    }

    /**
     * Reads any two files whose labels are the classes, from 0.
     *
     * @param classes how many there are
     * @throws DatasetException if they are missing, damaged, or not what they are said to be
     */
    public static ImageDataset read(Path images, Path labels, int classes, Normalization normalization) {
        return read(images, labels, LabelCodes.from0(classes), normalization);
    }

    static IdxFile uprightImages(Path path) {
        IdxFile images = IdxFile.images(path);
        return Emnist.isNameOf(path) ? Emnist.transposed(images) : images;
    }
}
