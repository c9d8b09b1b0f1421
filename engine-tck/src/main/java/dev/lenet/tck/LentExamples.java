package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Dataset;
import dev.lenet.tck.sample.OtherExamples;
import java.util.concurrent.atomic.AtomicInteger;

/** A data set that counts who reads it while it is lent, and who still does when it was given back. */
final class LentExamples extends OtherExamples {
    private volatile boolean lent;
    private final AtomicInteger inTime = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    LentExamples(Dataset base) {
        super(base);
    }

    /** Lends it to a call. */
    void during(Runnable call) {
        lent = true;
        call.run();
        lent = false;
    }

    void assertReadInTimeOnly() {
        assertThat(inTime.get()).as("reads during the calls").isPositive();
        assertThat(late.get()).as("reads after the calls").isZero();
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
        (lent ? inTime : late).incrementAndGet();
    }
}
