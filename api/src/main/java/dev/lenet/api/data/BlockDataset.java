package dev.lenet.api.data;

import dev.lenet.api.Shape;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/** The examples of one prefetched batch, as a data set that lasts until the next one. */
final class BlockDataset implements Dataset {
    private final Dataset origin;
    private final Prefetch.Block block;
    private final int size;

    BlockDataset(Dataset origin, Prefetch.Block block) {
        this.origin = origin;
        this.block = block;
        this.size = block.size;
    }

    @Override
    public Shape exampleShape() {
        return origin.exampleShape();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int classes() {
        return origin.classes();
    }

    @Override
    public int label(int row) {
        int label = block.labels[checked(row)];
        checkUse();
        return label;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        int exampleSize = exampleShape().size();
        System.arraycopy(block.values, checked(row) * exampleSize, target, offset, exampleSize);
        checkUse();
    }

    private int checked(int row) {
        return Objects.checkIndex(row, size);
    }

    /** After reading, as the memory may have been given back meanwhile. */
    private void checkUse() {
        VarHandle.acquireFence();
        if (block.reader != this) {
            throw new IllegalStateException(
                    "Batch: expected to be read before the next one is asked for, was read later."
                            + " Copy what is needed for longer.");
        }
    }
}
