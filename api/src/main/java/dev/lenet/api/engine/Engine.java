package dev.lenet.api.engine;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;

/**
 * A way to run networks: it realises what the api describes, on a device of its own.
 *
 * <p>Who opens, builds or creates a thing closes it. Closing an engine also closes whatever it made that is still open.
 * Closing twice is harmless; using a closed thing is an {@link IllegalStateException}. An engine may be used from
 * several threads at once.
 */
public interface Engine extends AutoCloseable {

    /** Which engine this is, and what it runs on. */
    EngineDescription describe();

    /**
     * Copies values to where this engine computes.
     *
     * @throws ShapeException if the number of values is not the shape's
     */
    Tensor tensor(Shape shape, float[] values);

    /**
     * Realises a network.
     *
     * @param weights copied, never changed
     * @throws ShapeException if the weights are not the network's
     */
    Model build(Network network, Weights weights);

    /**
     * Prepares to train a model of this engine, in place: its predictions follow every step.
     *
     * @throws IllegalArgumentException if another engine built the model
     * @throws ShapeException if the network gives no vector of logits, or has no parameters
     */
    Trainer trainer(Model model, TrainingSpec spec);

    @Override
    void close();
}
