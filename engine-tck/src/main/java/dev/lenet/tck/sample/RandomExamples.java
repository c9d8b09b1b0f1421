package dev.lenet.tck.sample;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;

/** A data set of labelled noise in [-1, 1); a value depends on the seed, its row and its place alone. */
public record RandomExamples(Shape exampleShape, int size, int classes, long seed) implements Dataset {

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

    /** Some rows as training takes them: from somewhere in a random order of all. */
    public Batch shuffled(int offset, int count) {
        return new Batch(this, RandomStream.of(seed, "order").permutation(size), offset, count);
    }

    /** All of it as one batch. */
    public Batch all() {
        return Batch.range(this, 0, size);
    }
}
