package dev.lenet.api.engine;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trainer is told once, before the first step. An update goes through it in this order:
 *
 * <pre>
 * g = the gradient of the batch's mean loss, for all parameters
 * clipNorm > 0:      g = min(1, clipNorm / (||g|| + 1e-6)) * g
 * w = the optimizer's update of w by g, weight decay included
 * averageDecay > 0:  a = averageDecay * a + (1 - averageDecay) * w
 * </pre>
 *
 * <p>Clipping shortens the gradient of the whole network, and keeps its direction, so that one steep batch does not throw
 * the run off: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, with the
 * 1e-6 of PyTorch's {@code clip_grad_norm_}. {@code ||g||} is the square root of the sum of all squares.
 *
 * <p>The average of the weights is often better than the last ones, as the noise of single batches cancels in it: Polyak
 * and Juditsky, "Acceleration of stochastic approximation by averaging", 1992. It moves exponentially, starts at zero, and
 * is corrected for that when it is read, see {@link TrainerState#averaged}. Training itself does not see it.
 *
 * @param optimizer how gradients become updates
 * @param loss what is minimised
 * @param batchSize the largest batch that will come, in examples
 * @param seed of the run; dropout masks are drawn from it
 * @param clipNorm the largest length of a gradient, above 0; 0 for no limit
 * @param averageDecay how much of the average an update keeps, above 0 and below 1; 0 for no average
 */
public record TrainingSpec(
        Optimizer optimizer, Loss loss, int batchSize, long seed, double clipNorm, double averageDecay) {

    /** The slot that holds the average of the weights, not yet corrected for its start at zero. */
    public static final String AVERAGE = "average";

    public TrainingSpec {
        Argument.check(
                batchSize >= 1, "Training", "a batch size of at least 1", batchSize, "32 to 256 examples are usual.");
        Argument.checkFinite(
                clipNorm >= 0, "Training", "a clip norm of 0 or more", clipNorm, "Use 0 for gradients of any length.");
        Argument.check(
                averageDecay >= 0 && averageDecay < 1,
                "Training",
                "an average decay of at least 0 and below 1",
                averageDecay,
                "Use 0 for no average.");
    }

    /** Without clipping, and without an average of the weights. */
    public TrainingSpec(Optimizer optimizer, Loss loss, int batchSize, long seed) {
        this(optimizer, loss, batchSize, seed, 0, 0);
    }

    /** The same with gradients of at most that length, or of any for 0. */
    public TrainingSpec withClipNorm(double newClipNorm) {
        return new TrainingSpec(optimizer, loss, batchSize, seed, newClipNorm, averageDecay);
    }

    /** The same with an average of the weights, or without one for 0. */
    public TrainingSpec withAverageDecay(double newAverageDecay) {
        return new TrainingSpec(optimizer, loss, batchSize, seed, clipNorm, newAverageDecay);
    }

    /**
     * What the gradients are multiplied with, 1 where they are short enough or there is no limit; NaN if the norm is.
     *
     * @param norm of the gradients of all parameters together
     */
    public double clipFactor(double norm) {
        return clipNorm > 0 ? Math.min(1, clipNorm / (norm + 1e-6)) : 1;
    }

    /** The names of all arrays that a trainer keeps for each parameter, the optimizer's first; they start as zeros. */
    public List<String> slots() {
        List<String> slots = new ArrayList<>(optimizer.slots());
        if (averageDecay > 0) {
            slots.add(AVERAGE);
        }
        return List.copyOf(slots);
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
