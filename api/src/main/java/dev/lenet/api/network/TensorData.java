package dev.lenet.api.network;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;

/**
 * A shape and its float32 values on the heap, row-major: how arrays cross between engines and files.
 *
 * <p>The array is not copied: who hands it over does not change it afterwards.
 */
public record TensorData(Shape shape, float[] values) {

    /**
     * @throws ShapeException if the number of values is not the shape's
     */
    public TensorData {
        if (shape.size() != values.length) {
            throw new ShapeException("Tensor: expected " + shape.size() + " values for " + shape + ", received "
                    + values.length + ". Give one value for each position.");
        }
    }
}
