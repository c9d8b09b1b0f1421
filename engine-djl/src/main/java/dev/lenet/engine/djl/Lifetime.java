package dev.lenet.engine.djl;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a thing is open, so that native memory is never touched after it was freed.
 *
 * <p>Any number of threads may use a thing at once; closing waits until the last one is done. Using a thing also uses
 * its owner, and always the owner first: closing an engine therefore waits for all work on its models, and there is no
 * order in which two threads could wait for each other.
 */
final class Lifetime {
    private final String what;
    private final @Nullable Lifetime owner;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /** A thing by its name in messages; a closed owner makes it unusable as well. */
    Lifetime(String what, @Nullable Lifetime owner) {
        this.what = what;
        this.owner = owner;
    }

    /**
     * Runs work during which the thing stays open.
     *
     * @throws IllegalStateException if it, or its owner, is closed
     */
    <T> T use(Supplier<T> work) {
        return owner == null ? useThis(work) : owner.use(() -> useThis(work));
    }

    private <T> T useThis(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        what + ": expected to be used while open, was closed before. Close it after its last use.");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for all users, then releases; does nothing the second time. */
    void close(Runnable release) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
