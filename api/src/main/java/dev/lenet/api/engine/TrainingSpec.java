package dev.lenet.api.engine;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Network;

/**
 * What a trainer is told once, before the first step.
 *
 * @param optimizer how gradients become updates
 * @param loss what is minimised
 * @param batchSize the largest batch that will come, in examples
 * @param seed of the run; dropout masks are drawn from it
 */
public record TrainingSpec(Optimizer optimizer, Loss loss, int batchSize, long seed) {

    public TrainingSpec {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize: expected at least 1, received " + batchSize);
        }
    }

    /**
     * What every engine checks before it makes a trainer.
     *
     * @throws ShapeException if the network gives no vector of logits, or has nothing to train
     */
    public void check(Network network) {
        if (network.output().rank() != 1) {
            throw new ShapeException("Trainer: expected a network whose output is a vector of logits, received "
                    + network.output() + ". End it with a linear layer.");
        }
        if (network.parameterCount() == 0) {
            throw new ShapeException("Trainer: expected a network with parameters, received one without. "
                    + "Add a linear or convolution layer.");
        }
    }

    /**
     * What every engine checks before it trains on a batch.
     *
     * @throws ShapeException if the batch is larger than announced, or of another shape or other classes
     * @throws DatasetException if a label is not a class
     */
    public void check(Network network, Batch batch) {
        batch.check(network.input());
        int classes = network.output().size();
        if (batch.size() > batchSize) {
            throw new ShapeException("Batch: expected at most " + batchSize + " examples, received " + batch.size()
                    + ". Announce the largest batch in the training specification.");
        }
        if (batch.dataset().classes() != classes) {
            throw new ShapeException("Batch: expected a data set of the network's " + classes + " classes, received "
                    + batch.dataset().classes() + ". Let the last layer have one output for each class.");
        }
        for (int i = 0; i < batch.size(); i++) {
            int label = batch.label(i);
            if (label < 0 || label >= classes) {
                throw new DatasetException("Label of example " + i + " of the batch: expected 0 to " + (classes - 1)
                        + ", received " + label + ". Correct the data set.");
            }
        }
    }
}
