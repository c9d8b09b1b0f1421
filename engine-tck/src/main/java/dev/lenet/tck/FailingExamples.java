package dev.lenet.tck;

import dev.lenet.api.data.Dataset;
import dev.lenet.tck.sample.OtherExamples;
import java.util.concurrent.atomic.AtomicInteger;

/** A data set that fails when it is asked for a label or an example for the n-th time. */
final class FailingExamples extends OtherExamples {
    private final Throwable failure;
    private final AtomicInteger successes;

    /**
     * @param failure may also be a checked exception: other languages of the JVM throw them anywhere
     * @param successes how often it works before it fails, once
     */
    FailingExamples(Dataset base, Throwable failure, int successes) {
        super(base);
        this.failure = failure;
        this.successes = new AtomicInteger(successes);
    }

    @Override
    public int label(int row) {
        count();
        return super.label(row);
    }

    @Override
    public void read(int row, float[] target, int offset) {
        count();
        super.read(row, target, offset);
    }

    private void count() {
        if (successes.getAndDecrement() == 0) {
            raise(failure);
        }
    }

    /** Whether it has failed by now. */
    boolean hasFailed() {
        return successes.get() < 0;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The compiler believes that T is unchecked.
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
