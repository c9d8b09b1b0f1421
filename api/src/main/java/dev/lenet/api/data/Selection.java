package dev.lenet.api.data;

import dev.lenet.api.Shape;
import java.util.Optional;

/** Some rows of another data set, in an order of their own. */
final class Selection implements Dataset {
    private final Dataset base;
    private final int[] rows;

    Selection(Dataset base, int[] rows) {
        this.base = base;
        this.rows = rows;
    }

    @Override
    public Shape exampleShape() {
        return base.exampleShape();
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int classes() {
        return base.classes();
    }

    @Override
    public int label(int row) {
        return base.label(rows[row]);
    }

    @Override
    public void readSoftLabel(int row, float[] target, int offset) {
        base.readSoftLabel(rows[row], target, offset);
    }

    @Override
    public float background() {
        return base.background();
    }

    @Override
    public void read(int row, float[] target, int offset) {
        base.read(rows[row], target, offset);
    }

    @Override
    public Optional<ImageDataset> images() {
        return base.images();
    }

    @Override
    public int imageRow(int row) {
        return base.imageRow(rows[row]);
    }
}
