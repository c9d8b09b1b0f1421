package dev.lenet.api.training;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Dataset;

/** Examples of two values, which {@link FakeEngine} predicts as their own logits, and two classes. */
public record Points(float[][] values, int[] labels) implements Dataset {

    /** So many points at the origin, of class 0. */
    public static Points count(int size) {
        return new Points(new float[size][2], new int[size]);
    }

    @Override
    public Shape exampleShape() {
        return Shape.of(2);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public int label(int row) {
        return labels[row];
    }

    @Override
    public void read(int row, float[] target, int offset) {
        System.arraycopy(values[row], 0, target, offset, 2);
    }
}
