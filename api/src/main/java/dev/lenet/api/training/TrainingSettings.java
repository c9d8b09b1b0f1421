package dev.lenet.api.training;

import dev.lenet.api.ConfigException;
import dev.lenet.api.RandomStream;
import dev.lenet.api.engine.Optimizer;

/**
 * How long and how fast to train.
 *
 * @param epochs passes over the training set, at least 1
 * @param batchSize examples a step, at least 1; the last batch of an epoch may be smaller
 * @param learningRate above 0
 * @param schedule how the learning rate changes on the way
 * @param optimizer how gradients become updates
 * @param seed of shuffling and dropout
 * @param shuffle whether each epoch has an order of its own, or the data set's
 * @param maxSteps end after that many steps, whatever the epochs; 0 for no limit
 * @param reportEvery steps between two reports of losses to listeners; the only time the loop waits for the engine
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        Optimizer optimizer,
        long seed,
        boolean shuffle,
        long maxSteps,
        int reportEvery) {

    public TrainingSettings {
        check(epochs >= 1, "epochs", "at least 1", epochs);
        check(batchSize >= 1, "batch size", "at least 1", batchSize);
        check(learningRate > 0 && Double.isFinite(learningRate), "learning rate", "a number above 0", learningRate);
        check(maxSteps >= 0, "max steps", "0 (no limit) or more", maxSteps);
        check(reportEvery >= 1, "report every", "at least 1 step", reportEvery);
    }

    /** At a constant rate, shuffled, without a limit of steps, reporting every 100 steps. */
    public TrainingSettings(int epochs, int batchSize, double learningRate, Optimizer optimizer, long seed) {
        this(epochs, batchSize, learningRate, new Schedule.Constant(), optimizer, seed, true, 0, 100);
    }

    /**
     * The order in which an epoch takes the examples: it depends on the seed and the epoch alone.
     *
     * @param size how many examples there are
     * @param epoch from 1
     */
    public int[] order(int size, int epoch) {
        if (shuffle) {
            return RandomStream.of(seed, "shuffle").substream(epoch).permutation(size);
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    private static void check(boolean valid, String what, String expected, Number received) {
        if (!valid) {
            throw new ConfigException(
                    "Training: expected " + what + " to be " + expected + ", received " + received + ". Change it.");
        }
    }
}
