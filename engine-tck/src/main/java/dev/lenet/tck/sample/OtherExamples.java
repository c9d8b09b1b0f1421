package dev.lenet.tck.sample;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Dataset;

/** Another data set with something changed; whoever changes it overrides that one method. */
public class OtherExamples implements Dataset {
    private final Dataset base;

    public OtherExamples(Dataset base) {
        this.base = base;
    }

    @Override
    public Shape exampleShape() {
        return base.exampleShape();
    }

    @Override
    public int size() {
        return base.size();
    }

    @Override
    public int classes() {
        return base.classes();
    }

    @Override
    public int label(int row) {
        return base.label(row);
    }

    @Override
    public void read(int row, float[] target, int offset) {
        base.read(row, target, offset);
    }
}
