package dev.lenet.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Examples that a test can hold up, and that know who reads them ahead. Example i is [i, 10 i, -i] and of class i. */
final class WatchedExamples implements Dataset {
    static final int SIZE = 40;

    /** What happens when a row is read, before its values are written. */
    OnRead onRead = row -> {};
    /** Every thread that has read ahead. */
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    interface OnRead {
        void row(int row) throws Throwable;
    }

    boolean wereReadAhead() {
        return !readers.isEmpty();
    }

    void assertNoThreadIsLeft() {
        assertThat(readers).noneMatch(Thread::isAlive);
    }

    @Override
    public Shape exampleShape() {
        return Shape.of(3);
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int classes() {
        return SIZE;
    }

    @Override
    public int label(int row) {
        return row;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        if (Thread.currentThread().getName().startsWith("lenet-prefetch-")) {
            readers.add(Thread.currentThread());
        }
        try {
            onRead.row(row);
        } catch (Throwable e) {
            WatchedExamples.<RuntimeException>rethrow(e);
        }
        target[offset] = row;
        target[offset + 1] = 10 * row;
        target[offset + 2] = -row;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable e) throws E {
        throw (E) e;
    }

    /** The values of each example of a batch, and behind them its label. */
    static List<List<Float>> contents(Batch batch) {
        List<List<Float>> contents = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            float[] values = new float[batch.dataset().exampleShape().size()];
            batch.read(i, values, 0);
            List<Float> example = new ArrayList<>();
            for (float value : values) {
                example.add(value);
            }
            example.add((float) batch.label(i));
            contents.add(example);
        }
        return contents;
    }

    /** The rows 0 to {@code size - 1}. */
    static int[] inOrder(int size) {
        return IntStream.range(0, size).toArray();
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
