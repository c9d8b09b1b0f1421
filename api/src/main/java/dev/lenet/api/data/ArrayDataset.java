package dev.lenet.api.data;

import dev.lenet.api.Argument;
import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;

/**
 * Examples in memory as floats: of any shape, and read as they are. So normalise them before. For images of 8-bit pixels
 * {@link ImageDataset} takes a quarter of the memory.
 *
 * <pre>{@code
 * Dataset flowers = ArrayDataset.of(Shape.of(4), new float[][] {{5.1f, 3.5f, 1.4f, 0.2f}, {7, 3.2f, 4.7f, 1.4f}},
 *         new int[] {0, 1}, 3);
 * }</pre>
 */
public final class ArrayDataset implements Dataset {
    private final Shape exampleShape;
    private final int exampleSize;
    private final float[] values;
    private final int[] labels;
    private final int classes;

    private ArrayDataset(Shape exampleShape, float[] values, int[] labels, int classes) {
        Argument.check(classes >= 1, "Data set", "at least 1 class", classes, "Say how many there are.");
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new DatasetException("Label of example " + row + ": expected 0 to " + (classes - 1)
                        + ", received " + labels[row] + ". Correct the label, or the number of classes.");
            }
        }
        this.exampleShape = exampleShape;
        this.exampleSize = exampleShape.size();
        this.values = values;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * From one array for each example. The arrays are copied.
     *
     * @param examples {@code [size][exampleShape.size()]}, each row-major
     * @param labels one for each example, from 0
     * @param classes how many there are
     * @throws DatasetException if the numbers of examples and labels differ, an example has another number of values than
     *     its shape, or a label is out of range
     * @throws IllegalArgumentException if there are no classes, or more values than one array holds
     */
    public static ArrayDataset of(Shape exampleShape, float[][] examples, int[] labels, int classes) {
        checkCount(examples.length, labels.length);
        int exampleSize = exampleShape.size();
        if ((long) examples.length * exampleSize > Integer.MAX_VALUE) {
            throw Argument.refusal(
                    "Data set",
                    "at most " + Integer.MAX_VALUE + " values",
                    examples.length + " examples of shape " + exampleShape,
                    "Use several data sets.");
        }
        float[] values = new float[examples.length * exampleSize];
        for (int row = 0; row < examples.length; row++) {
            if (examples[row].length != exampleSize) {
                throw new DatasetException("Example " + row + ": expected the " + exampleSize + " values of shape "
                        + exampleShape + ", received " + examples[row].length + ". Correct the example, or the shape.");
            }
            System.arraycopy(examples[row], 0, values, row * exampleSize, exampleSize);
        }
        return new ArrayDataset(exampleShape, values, labels.clone(), classes);
    }

    /**
     * From one array for all examples.
     *
     * @param values {@code [size, exampleShape...]}, row-major; not copied
     * @param labels one for each example, from 0; not copied
     * @param classes how many there are
     * @throws DatasetException if the numbers of values and labels do not fit, or a label is out of range
     * @throws IllegalArgumentException if there are no classes
     */
    public static ArrayDataset of(Shape exampleShape, float[] values, int[] labels, int classes) {
        if (values.length % exampleShape.size() != 0) {
            throw new DatasetException("Examples: expected a multiple of the " + exampleShape.size()
                    + " values of shape " + exampleShape + ", received " + values.length
                    + ". Correct the values, or the shape.");
        }
        checkCount(values.length / exampleShape.size(), labels.length);
        return new ArrayDataset(exampleShape, values, labels, classes);
    }

    private static void checkCount(int examples, int labels) {
        if (examples != labels) {
            throw new DatasetException("Examples and labels: expected one label for each of the " + examples
                    + " examples, received " + labels + " labels. Give each example its label.");
        }
    }

    @Override
    public Shape exampleShape() {
        return exampleShape;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    private int checked(int row) {
        return Argument.checkIndex(row, labels.length, "Data set", "row");
    }

    @Override
    public int label(int row) {
        return labels[checked(row)];
    }

    @Override
    public void read(int row, float[] target, int offset) {
        System.arraycopy(values, checked(row) * exampleSize, target, offset, exampleSize);
    }
}
