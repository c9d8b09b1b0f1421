package dev.lenet.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifetimeTest {
    private final Lifetime engine = new Lifetime("Engine 'test'", null);
    private final Lifetime model = new Lifetime("Model", engine);
    private final Lifetime trainer = new Lifetime("Trainer", model);
    private final AtomicInteger released = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void givesTheResultOfAUse() {
        assertThat(trainer.use(() -> 42)).isEqualTo(42);
        trainer.enter();
        trainer.exit();
        assertThat(trainer.use(() -> 43)).isEqualTo(43);
    }

    @Test
    void runsWorkWithoutAResultAsAUse() {
        AtomicInteger runs = new AtomicInteger();
        trainer.run(() -> {
            runs.incrementAndGet();
            assertThatThrownBy(() -> engine.close(released::incrementAndGet))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed by the work it is doing");
        });
        assertThatThrownBy(() -> trainer.run(() -> {
                    throw new UnsupportedOperationException("work");
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("work");
        engine.close(released::incrementAndGet);
        assertThat(released).hasValue(1);
        assertClosed("Engine 'test'", () -> trainer.run(runs::incrementAndGet));
        assertThat(runs).hasValue(1);
    }

    @Test
    void refusesUsesAfterClosing() {
        model.close(released::incrementAndGet);
        assertThatThrownBy(() -> model.use(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Model: expected to be used while open, was closed before. Close it after its last use.");
        assertClosed("Model", model::enter);
    }

    @Test
    void refusesUsesAfterItsOwnerWasClosed() {
        engine.close(released::incrementAndGet);
        assertClosed("Engine 'test'", trainer::enter);
        assertClosed("Engine 'test'", model::enter);
        assertClosed("Engine 'test'", () -> engine.use(() -> 1));
    }

    @Test
    void leavesItsOwnerOpen() {
        trainer.close(released::incrementAndGet);
        assertClosed("Trainer", trainer::enter);
        assertThat(model.use(() -> 1)).isEqualTo(1);
        model.close(released::incrementAndGet);
        engine.close(released::incrementAndGet);
        assertThat(released).hasValue(3);
    }

    @Test
    void releasesOnceInWhateverOrderThingsAreClosed() {
        for (int i = 0; i < 2; i++) {
            engine.close(released::incrementAndGet);
            trainer.close(released::incrementAndGet);
            model.close(released::incrementAndGet);
        }
        assertThat(released).hasValue(3);
    }

    @Test
    void endsAUseThatThrows() {
        assertThatThrownBy(() -> trainer.use(() -> {
                    throw new UnsupportedOperationException("work");
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("work");
        engine.close(released::incrementAndGet);
        assertThat(released).hasValue(1);
    }

    @Test
    void leavesNothingOfARefusedUseBehind() {
        model.close(released::incrementAndGet);
        assertClosed("Model", trainer::enter);
        // Would wait for ever if the engine still counted a user.
        engine.close(released::incrementAndGet);
        assertThat(released).hasValue(2);
    }

    @Test
    void isNotClosedByItsOwnUse() {
        for (Lifetime used : List.of(trainer, model, engine)) {
            trainer.run(() -> {
                assertThatThrownBy(() -> used.close(released::incrementAndGet))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith(
                                ": expected to be closed when idle, was closed by the work it is doing. Close it afterwards.");
            });
            assertThat(trainer.use(() -> 2)).isEqualTo(2);
        }
        assertThat(released).hasValue(0);
    }

    @Test
    void mayBeClosedByAUseOfItsOwner() {
        engine.run(() -> model.close(released::incrementAndGet));
        assertThat(released).hasValue(1);
    }

    @Test
    void closingWaitsForUsersAndLetsThemGoOnWhileOthersAreRefused() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Future<Boolean> user = threads.submit(() -> trainer.use(() -> {
            inside.countDown();
            await(goOn);
            // Uses within a use, of things that are being closed, and of another of the same owner.
            boolean further = trainer.use(() -> true) && new Lifetime("Tensor", engine).use(() -> true);
            done.set(true);
            return further;
        }));
        await(inside);
        Future<Boolean> closing = threads.submit(() -> {
            engine.close(released::incrementAndGet);
            return done.get();
        });
        awaitRefusal();
        assertThat(closing.isDone()).isFalse();
        assertThat(released).hasValue(0);
        goOn.countDown();
        assertThat(user.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(closing.get(20, TimeUnit.SECONDS))
                .as("closed after the use was done")
                .isTrue();
        assertThat(released).hasValue(1);
    }

    /** Until closing has begun, uses are admitted; none of them waits. */
    private void awaitRefusal() {
        try {
            while (true) {
                model.use(() -> 1);
            }
        } catch (IllegalStateException closing) {
            assertThat(closing).hasMessageStartingWith("Engine 'test': expected to be used while open");
        }
    }

    @Test
    void isReleasedOnceAndNeverUnderAUser() throws Exception {
        for (int round = 0; round < 200; round++) {
            Lifetime owner = new Lifetime("Owner", null);
            Lifetime thing = new Lifetime("Thing", owner);
            AtomicInteger users = new AtomicInteger();
            AtomicInteger releases = new AtomicInteger();
            CountDownLatch busy = new CountDownLatch(30);
            Callable<Integer> use = () -> {
                try {
                    while (true) {
                        thing.run(() -> {
                            users.incrementAndGet();
                            assertThat(releases).hasValue(0);
                            users.decrementAndGet();
                        });
                        busy.countDown();
                    }
                } catch (IllegalStateException closed) {
                    return 0;
                }
            };
            Lifetime closed = round % 2 == 0 ? owner : thing;
            Callable<Integer> close = () -> {
                await(busy);
                closed.close(() -> {
                    assertThat(users).hasValue(0);
                    releases.incrementAndGet();
                });
                return releases.get();
            };
            List<Future<Integer>> results = new ArrayList<>();
            for (Callable<Integer> work : List.of(use, use, use, close, close)) {
                results.add(threads.submit(work));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i < 3 ? 0 : 1);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertClosed(String what, ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(what + ": expected to be used while open, was closed before.");
    }
}
