package dev.lenet.tck;

import dev.lenet.api.data.Dataset;
import dev.lenet.tck.sample.OtherExamples;
import java.util.function.IntConsumer;

/** A data set that does something else first whenever an example is read. */
final class BusyExamples extends OtherExamples {
    private final IntConsumer first;

    /**
     * @param first takes the row; on any thread that an engine reads with
     */
    BusyExamples(Dataset base, IntConsumer first) {
        super(base);
        this.first = first;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        first.accept(row);
        super.read(row, target, offset);
    }
}
