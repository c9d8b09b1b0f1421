package dev.lenet.app.config;

import dev.lenet.api.data.Normalization;
import dev.lenet.app.data.DatasetKind;
import java.nio.file.Path;

/**
 * What is learnt from.
 *
 * @param directory relative to the working directory; as written, or the usual one of the data set
 * @param mean of the training pixels after division by 255; as written, or that of the data set
 * @param std their standard deviation, likewise
 * @param validationSize training examples set aside, 0 for none
 */
public record DataConfig(DatasetKind dataset, Path directory, double mean, double std, int validationSize) {

    /** How pixels become inputs. */
    public Normalization normalization() {
        return new Normalization(mean, std);
    }
}
