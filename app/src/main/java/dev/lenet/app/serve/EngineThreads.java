package dev.lenet.app.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What one engine does for the page, in threads of its own: an engine that is slow to open holds up no other's readers. */
final class EngineThreads implements AutoCloseable {
    /** How many requests may wait. Each belongs to another page, as a page has one drawing read at a time. */
    static final int MOST_WAITING = 256;

    private static final long KEPT_SECONDS = 30;
    private static final long LONGEST_END_SECONDS = 10;

    private final String engine;
    private final ThreadPoolExecutor threads;

    /** @param count how many read at once */
    EngineThreads(String engine, int count) {
        this.engine = engine;
        AtomicInteger started = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                count, count, KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "serve-" + engine + "-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does something soon.
     *
     * @throws Refusal if too many wait already
     */
    <T> CompletableFuture<T> submit(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "Engine '" + engine + "': expected at most " + MOST_WAITING
                            + " drawings that wait, received one more. Try again in a moment.");
        }
    }

    /** Waits for what is under way; what was to come is dropped. */
    @Override
    public void close() {
        threads.shutdown();
        threads.getQueue().clear();
        try {
            if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
