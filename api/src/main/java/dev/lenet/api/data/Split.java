package dev.lenet.api.data;

import dev.lenet.api.DatasetException;
import dev.lenet.api.RandomStream;
import java.util.Arrays;

/**
 * A data set cut in two: what a run learns from, and what its owner makes choices by.
 *
 * @param training in the order of the data set
 * @param validation drawn at random from the seed; empty if none was asked for
 */
public record Split(Dataset training, Dataset validation) {

    /**
     * Sets {@code validationSize} random examples aside.
     *
     * @throws DatasetException if nothing would be left to train on
     */
    public static Split of(Dataset dataset, int validationSize, long seed) {
        if (validationSize < 0 || validationSize >= dataset.size()) {
            throw new DatasetException("Validation split: expected a size from 0 to " + (dataset.size() - 1)
                    + ", received " + validationSize + ". Leave examples to train on.");
        }
        if (validationSize == 0) {
            return new Split(dataset, dataset.select(new int[0]));
        }
        int[] shuffled = RandomStream.of(seed, "validation").permutation(dataset.size());
        int[] validation = Arrays.copyOfRange(shuffled, 0, validationSize);
        int[] training = Arrays.copyOfRange(shuffled, validationSize, shuffled.length);
        Arrays.sort(validation);
        Arrays.sort(training);
        return new Split(dataset.select(training), dataset.select(validation));
    }
}
