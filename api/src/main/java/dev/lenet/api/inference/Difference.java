package dev.lenet.api.inference;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.List;

/**
 * How far two arrays of the same shape are apart.
 *
 * <p>A NaN or an infinity on one side alone is an infinite difference. On both sides, the same one at the same place, it
 * is none; {@code notFiniteInFirst} still tells.
 *
 * @param magnitude the largest absolute value among those of both sides that are finite
 * @param largest the largest absolute difference
 * @param position where that is, row-major, the first of equals; -1 if the arrays are equal
 * @param notFiniteInFirst how many values of the first are NaN or infinite
 * @param notFiniteInSecond how many of the second
 */
public record Difference(
        Shape shape, double magnitude, double largest, int position, int notFiniteInFirst, int notFiniteInSecond) {

    /**
     * @param what the arrays are, for the message
     * @throws ShapeException if there is not one value for each position
     */
    public static Difference between(String what, Shape shape, float[] first, float[] second) {
        check(what, shape, first);
        check(what, shape, second);
        double magnitude = 0;
        double largest = 0;
        int position = -1;
        int notFiniteInFirst = 0;
        int notFiniteInSecond = 0;
        for (int i = 0; i < first.length; i++) {
            boolean firstFinite = Float.isFinite(first[i]);
            boolean secondFinite = Float.isFinite(second[i]);
            notFiniteInFirst += firstFinite ? 0 : 1;
            notFiniteInSecond += secondFinite ? 0 : 1;
            magnitude = Math.max(magnitude, firstFinite ? Math.abs(first[i]) : 0);
            magnitude = Math.max(magnitude, secondFinite ? Math.abs(second[i]) : 0);
            double difference = difference(first[i], second[i]);
            if (difference > largest) {
                largest = difference;
                position = i;
            }
        }
        return new Difference(shape, magnitude, largest, position, notFiniteInFirst, notFiniteInSecond);
    }

    private static void check(String what, Shape shape, float[] values) {
        if (values.length != shape.size()) {
            throw new ShapeException(what + ": expected " + shape + " from both engines, received " + values.length
                    + " values from one. The engine is broken: run the engine contract against it.");
        }
    }

    /** In double precision, where the difference of two floats neither overflows nor is rounded to 0. */
    private static double difference(float first, float second) {
        if (Float.isFinite(first) && Float.isFinite(second)) {
            return Math.abs((double) first - second);
        }
        return Float.compare(first, second) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    /** The largest difference as a share of the largest value. */
    public double relative() {
        return largest == 0 ? 0 : largest / magnitude;
    }

    public boolean equal() {
        return largest == 0;
    }

    /** The position of the largest difference, an index for each axis; empty if the arrays are equal. */
    public List<Integer> where() {
        if (position < 0) {
            return List.of();
        }
        Integer[] indices = new Integer[shape.rank()];
        int rest = position;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            indices[axis] = rest % shape.dimension(axis);
            rest /= shape.dimension(axis);
        }
        return List.of(indices);
    }
}
