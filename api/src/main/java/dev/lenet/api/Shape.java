package dev.lenet.api;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first; values are laid out row-major.
 *
 * <p>An image is {@code [C, H, W]}, a batch of images {@code [N, C, H, W]}, a vector {@code [features]}.
 */
public final class Shape {
    private final int[] dimensions;

    private Shape(int[] dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * @throws ShapeException if a dimension is below 1, or the number of values does not fit an {@code int}
     */
    public static Shape of(int... dimensions) {
        Shape shape = new Shape(dimensions.clone());
        long size = 1;
        for (int dimension : dimensions) {
            if (dimension < 1) {
                throw new ShapeException(
                        "Shape: expected dimensions of at least 1, received " + shape + ". Check the sizes given.");
            }
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new ShapeException("Shape: expected at most " + Integer.MAX_VALUE + " values, received " + shape
                        + ". Use smaller dimensions.");
            }
        }
        return shape;
    }

    public int rank() {
        return dimensions.length;
    }

    public int dimension(int axis) {
        return dimensions[Argument.checkIndex(axis, dimensions.length, "Shape", "axis")];
    }

    /** The number of values: the product of the dimensions, 1 for rank 0. */
    public int size() {
        int size = 1;
        for (int dimension : dimensions) {
            size *= dimension;
        }
        return size;
    }

    /** The shape of {@code count} of these: one more dimension in front. */
    public Shape batchOf(int count) {
        int[] batch = new int[dimensions.length + 1];
        batch[0] = count;
        System.arraycopy(dimensions, 0, batch, 1, dimensions.length);
        return of(batch);
    }

    /**
     * How many of these a tensor holds: N, if its shape is N followed by this one.
     *
     * @param tensor for example {@code [32, 1, 28, 28]}
     * @param where what received the tensor, for the message
     * @throws ShapeException if it has another shape
     */
    public int countIn(Shape tensor, String where) {
        int[] trailing = tensor.dimensions.length == 0
                ? tensor.dimensions
                : Arrays.copyOfRange(tensor.dimensions, 1, tensor.dimensions.length);
        if (tensor.rank() != rank() + 1 || !Arrays.equals(trailing, dimensions)) {
            throw new ShapeException(where + ": expected [N" + (rank() == 0 ? "" : ", ")
                    + toString().substring(1) + " with N examples, received " + tensor
                    + ". Put the number of examples in front, also if it is 1.");
        }
        return tensor.dimensions[0];
    }

    /** The dimensions as a new array. */
    public int[] toArray() {
        return dimensions.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** As in PyTorch and in every error message: {@code [16, 5, 5]}. */
    @Override
    public String toString() {
        return Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
