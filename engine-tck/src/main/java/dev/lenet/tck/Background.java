package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Work on a thread of its own, which is given up after a while: a deadlock is a failed test, not a build that hangs. */
final class Background<T> {
    /** Far longer than anything here takes, also on a busy machine; less than a test may take. */
    private static final int PATIENCE_SECONDS = 20;

    /** For a thread to begin to wait for something. */
    private static final long MOMENT_NANOS = 500_000_000;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "contract");
        thread.setDaemon(true);
    }

    static <T> Background<T> start(Callable<T> work) {
        Background<T> background = new Background<>(work);
        background.thread.start();
        return background;
    }

    /** Does all at the same time, as nearly as can be; the results in the order of the work. */
    static <T> List<T> atOnce(List<Callable<T>> work) {
        CyclicBarrier ready = new CyclicBarrier(work.size());
        List<Background<T>> started = new ArrayList<>();
        for (Callable<T> one : work) {
            started.add(start(() -> {
                ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return one.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Background<T> background : started) {
            results.add(background.result());
        }
        return results;
    }

    /** Waits for the work; what it throws fails the test. */
    T result() {
        return resultWithin(PATIENCE_SECONDS);
    }

    /** Waits for the work, but no longer than that. */
    T resultWithin(int seconds) {
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Expected a thread to succeed, received " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("Expected the result of a thread, received an interrupt.", e);
        } catch (TimeoutException e) {
            // In the message, as a build may cut the trace of an error that passes through no test.
            String frames = Stream.of(thread.getStackTrace())
                    .map(frame -> System.lineSeparator() + "    at " + frame)
                    .collect(Collectors.joining());
            throw new AssertionError("Expected a thread to be done within " + seconds
                    + " seconds, received none. Look for a deadlock where it stands:" + frames);
        }
    }

    /** Waits for another thread's sign. */
    static void await(CountDownLatch sign) {
        try {
            assertThat(sign.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("a sign from another thread within %d seconds", PATIENCE_SECONDS)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("Expected a sign from another thread, received an interrupt.", e);
        }
    }

    /** Waits until the work is done or waits for something itself; goes on after a moment, whatever it does. */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is a courtesy here; nothing relies on it.
    void awaitStandstill() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < MOMENT_NANOS
                && (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW)) {
            Thread.yield();
        }
    }
}
