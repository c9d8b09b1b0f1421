package dev.lenet.api.training;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import java.util.Optional;

/**
 * The examples of a batch, example i as row i, with other soft labels.
 *
 * @param softLabels {@code [batch.size(), classes]}
 */
record TaughtExamples(Batch batch, float[] softLabels) implements Dataset {

    @Override
    public Shape exampleShape() {
        return batch.dataset().exampleShape();
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public int classes() {
        return batch.dataset().classes();
    }

    @Override
    public int label(int row) {
        return batch.label(row);
    }

    @Override
    public void readSoftLabel(int row, float[] target, int offset) {
        System.arraycopy(softLabels, row * classes(), target, offset, classes());
    }

    @Override
    public void read(int row, float[] target, int offset) {
        batch.read(row, target, offset);
    }

    @Override
    public float background() {
        return batch.dataset().background();
    }

    @Override
    public Optional<ImageDataset> images() {
        return batch.dataset().images();
    }

    @Override
    public int imageRow(int row) {
        return batch.dataset().imageRow(batch.order()[batch.offset() + row]);
    }
}
