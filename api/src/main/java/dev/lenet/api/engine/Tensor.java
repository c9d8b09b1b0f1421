package dev.lenet.api.engine;

import dev.lenet.api.Shape;

/**
 * Values that live where an engine computes: what goes into a model and what comes out.
 *
 * <p>A boundary value: it has no arithmetic. Who received it from a method closes it.
 */
public interface Tensor extends AutoCloseable {

    /** With the batch in front, for example {@code [32, 1, 28, 28]}. */
    Shape shape();

    /**
     * The values, row-major, as a new array.
     *
     * @throws IllegalStateException if this tensor or its engine is closed
     */
    float[] toArray();

    @Override
    void close();
}
