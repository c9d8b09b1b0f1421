package dev.lenet.app.config;

import dev.lenet.api.DatasetException;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is learnt from.
 *
 * @param directory relative to the working directory; as written, or the usual one of the data set
 * @param mean of the training pixels after division by 255; empty for that of the data set
 * @param std their standard deviation, likewise
 * @param validationSize training examples set aside, 0 for none
 */
public record DataConfig(
        DatasetKind dataset, Path directory, Optional<Double> mean, Optional<Double> std, int validationSize) {

    /** How pixels become inputs where no training images are at hand; of the user's own, as MNIST's do. */
    public Normalization normalization() {
        return orElse(
                dataset.normalization().or(DatasetKind.MNIST::normalization).orElseThrow());
    }

    /**
     * How pixels become inputs.
     *
     * @param training images, all of them: the mean of the user's own is not known beforehand
     * @throws DatasetException if all their pixels are the same
     */
    public Normalization normalization(ImageDataset training) {
        boolean given = mean.isPresent() && std.isPresent();
        return dataset.own() && !given ? orElse(Normalization.of(training)) : normalization();
    }

    private Normalization orElse(Normalization another) {
        return new Normalization(mean.orElse(another.mean()), std.orElse(another.std()));
    }
}
