package dev.lenet.engine.jvm;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;

/** Labelled noise in [-1, 1). */
record RandomExamples(Shape exampleShape, int size, int classes, long seed) implements Dataset {

    @Override
    public int label(int row) {
        return (int) (RandomStream.of(seed, "label").uniform(row) * classes);
    }

    @Override
    public void read(int row, float[] target, int offset) {
        RandomStream values = RandomStream.of(seed, "values").substream(row);
        for (int i = 0; i < exampleShape.size(); i++) {
            target[offset + i] = 2 * values.uniform(i) - 1;
        }
    }

    Batch all() {
        return Batch.range(this, 0, size);
    }

    double[] example(int row) {
        float[] values = new float[exampleShape.size()];
        read(row, values, 0);
        return NaiveNetwork.toDoubles(values);
    }

    double[][] examples() {
        double[][] examples = new double[size][];
        for (int row = 0; row < size; row++) {
            examples[row] = example(row);
        }
        return examples;
    }

    int[] labels() {
        int[] labels = new int[size];
        for (int row = 0; row < size; row++) {
            labels[row] = label(row);
        }
        return labels;
    }
}
