package dev.lenet.engine.jvm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out numbered tasks; started once, kept until closed. Running tasks allocates nothing.
 *
 * <p>The caller is one of the workers. Which worker gets which task is a matter of chance, so tasks must not care; sums
 * are therefore made per task and added in the tasks' order afterwards.
 *
 * <p>Between two runs a worker spins for a moment before it goes to sleep: a sleeping thread has to be woken by the
 * operating system, and a training step has two runs of well under a millisecond.
 */
final class Workers implements AutoCloseable {

    /** One piece of work. */
    @FunctionalInterface
    interface Task {
        /**
         * @param index of the task
         * @param worker that runs it, from 0; no other task runs on it meanwhile
         */
        void run(int index, int worker);
    }

    /** Enough for the pause between the runs of a training loop; a worker that waits longer is not needed soon. */
    private static final int SPINS = 2_000;

    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /** Counts the runs; workers wait for it to change. */
    private final AtomicInteger generation = new AtomicInteger();

    private volatile boolean closed;
    private int count;
    private Task task = (index, worker) -> {};

    /**
     * @param size how many threads work, the caller's included
     */
    Workers(int size) {
        threads = new Thread[size - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> work(worker), "lenet-native-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    int size() {
        return threads.length + 1;
    }

    /** Runs tasks 0 to {@code tasks - 1} and returns when all are done. Called by one thread at a time. */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is a courtesy here; nothing relies on it.
    void run(int tasks, Task newTask) {
        if (threads.length == 0 || tasks == 1) {
            for (int index = 0; index < tasks; index++) {
                newTask.run(index, 0);
            }
            return;
        }
        count = tasks;
        task = newTask;
        next.set(0);
        busy.set(threads.length);
        generation.incrementAndGet();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        take(0);
        // Every worker reports, even one that found no task: none can still be looking when the next run begins.
        for (int spins = 0; busy.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                // Others want the processors too, perhaps the very worker that is waited for.
                Thread.yield();
            }
        }
        Workers.<RuntimeException>rethrow(failure.getAndSet(null));
    }

    /** Throws it as it is: a task may have thrown a checked exception, in a language that does not check. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(@Nullable Throwable thrown) throws T {
        if (thrown != null) {
            throw (T) thrown;
        }
    }

    private void work(int worker) {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (generation.get() == seen) {
                if (closed) {
                    return;
                }
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            seen++;
            take(worker);
            busy.decrementAndGet();
        }
    }

    private void take(int worker) {
        try {
            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                task.run(index, worker);
            }
        } catch (Throwable thrown) {
            // Whatever it is: a worker that died of it would be waited for for ever.
            failure.compareAndSet(null, thrown);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
