package dev.lenet.datasets;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.util.List;
import java.util.Map;

/** Where images to learn from and to test with come from. Nothing in it is believed: all is checked on loading. */
public interface ImageSource {

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
