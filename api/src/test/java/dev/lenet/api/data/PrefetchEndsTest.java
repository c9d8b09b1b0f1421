package dev.lenet.api.data;

import static dev.lenet.api.data.WatchedExamples.SIZE;
import static dev.lenet.api.data.WatchedExamples.await;
import static dev.lenet.api.data.WatchedExamples.contents;
import static dev.lenet.api.data.WatchedExamples.inOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lenet.api.ShapeException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How prefetching ends: by errors, by closing, by interrupts. No thread may be left behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrefetchEndsTest {
    private final WatchedExamples examples = new WatchedExamples();

    @AfterEach
    void noThreadIsLeft() {
        examples.assertNoThreadIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void anErrorReachesTheCallerInItsPlaceAndAsItIs(int threads) {
        for (Throwable error :
                List.of(new IOException("disk"), new ShapeException("shape"), new AssertionError("no"))) {
            examples.onRead = row -> {
                if (row >= 13) {
                    throw row == 13 ? error : new IllegalStateException("row " + row);
                }
            };
            Prefetch batches = new Prefetch(examples, inOrder(SIZE), 4, threads);
            for (int batch = 0; batch < 3; batch++) {
                assertThat(contents(batches.next())).hasSize(4);
            }
            assertThat(examples.wereReadAhead()).isEqualTo(threads > 0);

            Throwable thrown = catchThrowable(() -> contents(batches.next()));

            assertThat(thrown).isSameAs(error);
            if (threads > 0) {
                examples.assertNoThreadIsLeft();
                assertClosed(batches);
            }
            batches.close();
        }
    }

    @Test
    void closingEarlyEndsThreadsThatWaitForMemory() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(1);
        examples.onRead = row -> {
            if (row == 3) {
                full.countDown();
            }
        };
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 1, 1);
        await(full);

        batches.close();

        examples.assertNoThreadIsLeft();
        assertClosed(batches);
        batches.close();
    }

    @Test
    void closingAtAnyMomentLeavesNoThread() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Prefetch batches = new Prefetch(examples, inOrder(SIZE), 1 + random.nextInt(5), 1 + random.nextInt(4));
            for (int taken = random.nextInt(9); taken > 0 && batches.hasNext(); taken--) {
                batches.next();
            }
            batches.close();
            examples.assertNoThreadIsLeft();
        }
    }

    @Test
    void closingWaitsForTheExampleThatIsReadAndForNoOther() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        examples.onRead = row -> {
            reads.incrementAndGet();
            reading.countDown();
            await(goOn);
        };
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 8, 1);
        await(reading);
        FutureTask<Throwable> caller = start(() -> catchThrowable(batches::next));
        FutureTask<Integer> closer = start(() -> {
            batches.close();
            return reads.get();
        });

        // Refused as soon as it is closed, though the example is still being read.
        assertThat(caller.get(20, TimeUnit.SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Prefetch: expected to be used while open");
        assertThat(closer.isDone()).isFalse();
        goOn.countDown();
        assertThat(closer.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void anInterruptedCallerIsNotLeftWaitingAndLeavesNoThread() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        examples.onRead = row -> {
            reading.countDown();
            // For ever, but for an interrupt.
            new CountDownLatch(1).await();
        };
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 8, 2);
        AtomicInteger interrupted = new AtomicInteger();
        FutureTask<Throwable> call = new FutureTask<>(() -> {
            Throwable thrown = catchThrowable(batches::next);
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            return thrown;
        });
        Thread caller = new Thread(call);
        caller.start();
        await(reading);
        caller.interrupt();

        assertThat(call.get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class)
                .hasMessageStartingWith("Prefetch: expected to wait for the next batch, received an interrupt.")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(interrupted).hasValue(1);
        examples.assertNoThreadIsLeft();
        assertClosed(batches);
    }

    @Test
    void anInterruptEndsTheRunEvenWhereABatchIsReady() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        examples.onRead = row -> {
            if (row == 2) {
                ready.countDown();
            }
        };
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 1, 1);
        await(ready);
        Thread.currentThread().interrupt();

        assertThatThrownBy(batches::next).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
        examples.assertNoThreadIsLeft();
    }

    @Test
    void closingDoesNotInterruptTheDataSet() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        examples.onRead = row -> {
            reading.countDown();
            try {
                await(goOn);
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
        };
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 8, 1);
        await(reading);
        FutureTask<Throwable> closer = start(() -> catchThrowable(batches::close));
        // Until closing has begun, next would wait for the batch that is being read.
        assertThat(start(() -> catchThrowable(batches::next)).get(20, TimeUnit.SECONDS))
                .isInstanceOf(IllegalStateException.class);
        goOn.countDown();
        assertThat(closer.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(interrupts).hasValue(0);
    }

    private static void assertClosed(Prefetch batches) {
        assertThatThrownBy(batches::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Prefetch: expected to be used while open, was closed before. Close it after its last use.");
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
