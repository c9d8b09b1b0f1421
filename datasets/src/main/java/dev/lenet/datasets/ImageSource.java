package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import java.util.List;
import java.util.Map;

/**
 * A data set that was found: images to learn from and to test with, and what their classes are called. Nothing in it is
 * trusted: all is checked on loading. {@link DatasetFinder} finds one.
 *
 * <p>Labels are read once; images each time they are asked for, as they take much memory and the caller holds them.
 */
public interface ImageSource {

    /** What was known of it beforehand. */
    DatasetKind kind();

    /**
     * What to train on, of inputs normalised as suits the data set: of the user's own, by all of these images.
     *
     * @throws DatasetException if it is missing, damaged, or not what it is said to be
     */
    default ImageDataset training() {
        if (kind().normalization().isPresent()) {
            return training(kind().normalization().get());
        }
        ImageDataset images = training(new Normalization(0, 1));
        return images.normalizedBy(Normalization.of(images));
    }

    /**
     * What to test with, normalised as {@link #training()} is. With data of the user's own, this reads the training images
     * as well; a program that has them calls {@code test(training.normalization())}.
     *
     * @throws DatasetException if it is missing, damaged, or not what it is said to be
     */
    default ImageDataset test() {
        return test(kind().normalization().orElseGet(() -> training().normalization()));
    }

    /**
     * What to train on.
     *
     * @throws DatasetException if it is missing, damaged, or not what it is said to be
     */
    ImageDataset training(Normalization normalization);

    /**
     * What to test with, of the same classes.
     *
     * @throws DatasetException if it is missing, damaged, or not what it is said to be
     */
    ImageDataset test(Normalization normalization);

    /**
     * What to test a model with that knows the classes already.
     *
     * @param codes the numbers that stand for the model's classes in label files; where the data are the user's own IDX files,
     *     they are read by these, and not by those to train on
     * @throws DatasetException if it is missing, damaged, or not what it is said to be
     */
    default ImageDataset test(Normalization normalization, LabelCodes codes) {
        return test(normalization);
    }

    /**
     * The same data set with images of another shape: scaled until they cover it, without a change of their proportions, and cropped.
     * Colours become their luma, greys three equal colours.
     *
     * @param shape {@code [C, H, W]}, with 1 or 3 channels
     */
    default ImageSource shaped(Shape shape) {
        return new ShapedSource(this, shape);
    }

    /**
     * The numbers that stand for the classes in its label files: those of the training files. Folders have none, so that they
     * are the classes themselves.
     *
     * @throws DatasetException if that cannot be found out
     */
    LabelCodes labelCodes();

    /**
     * What the classes are called.
     *
     * @throws DatasetException if that cannot be found out
     */
    ClassNames classNames();

    /** The SHA-256 of what was loaded so far, in parts that have names: other data have others. */
    Map<String, String> sha256();

    /** Sentences about what is done to it and might surprise; often none. */
    List<String> notes();
}
