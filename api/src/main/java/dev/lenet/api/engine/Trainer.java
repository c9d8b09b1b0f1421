package dev.lenet.api.engine;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.network.Weights;

/**
 * Trains one model, one batch at a time. The step is the unit that an engine optimises: it sees the whole network.
 *
 * <p>A trainer is used from one thread.
 */
public interface Trainer extends AutoCloseable {

    /**
     * Updates the weights by the gradient of the batch's mean loss, as the {@link TrainingSpec} says. May return before the
     * work is done.
     *
     * @param learningRate of this step
     * @throws ShapeException if the batch is larger than the specification allows, or of another shape or other classes
     * @throws DatasetException if a label is not a class
     */
    void step(Batch batch, double learningRate);

    /** Waits for all steps so far, and returns what they measured since the last call. */
    StepMetrics drainMetrics();

    /**
     * The gradient of the batch's mean loss for every parameter, before clipping and weight decay; zeros for those that are not
     * trainable. Updates nothing.
     */
    Weights gradients(Batch batch);

    /** A copy of all that the next step depends on. */
    TrainerState state();

    /**
     * Continues from a state, which any engine may have made for the same network and slots. Losses that were not
     * drained are dropped: they belong to another run.
     *
     * @throws ShapeException if it is a state of another network, optimizer or kind of average
     */
    void restore(TrainerState state);

    @Override
    void close();
}
