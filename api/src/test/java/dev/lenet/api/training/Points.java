package dev.lenet.api.training;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;

/** Examples of two values, which {@link FakeEngine} predicts as their own logits, and two classes. */
public final class Points {
    private Points() {}

    /** So many points at the origin, of class 0. */
    public static ArrayDataset count(int size) {
        return of(new float[size][2], new int[size]);
    }

    public static ArrayDataset of(float[][] values, int[] labels) {
        return ArrayDataset.of(Shape.of(2), values, labels, 2);
    }
}
