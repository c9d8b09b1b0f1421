package dev.lenet.api.engine;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a thing that an engine made is open: what an engine's author needs for the contract's rules of closing.
 *
 * <p>Any number of threads may use a thing at once; closing waits until the last one is done, so nothing is freed under
 * a thread that uses it. Using a thing also uses its owner, and always the owner first: closing an engine therefore
 * waits for all work on its models, and there is no order in which two threads could wait for each other.
 */
public final class Lifetime {
    private final String what;
    private final @Nullable Lifetime owner;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * @param what the thing's name in messages, for example {@code "Model"}
     * @param owner whose end makes this thing unusable as well; null for an engine, which nothing owns
     */
    public Lifetime(String what, @Nullable Lifetime owner) {
        this.what = what;
        this.owner = owner;
    }

    /**
     * Runs work during which the thing stays open.
     *
     * @throws IllegalStateException if it, or its owner, is closed
     */
    public <T> T use(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            exit();
        }
    }

    /**
     * Begins a use without creating an object, for work that is done often; {@link #exit} must follow in a {@code
     * finally}.
     *
     * @throws IllegalStateException if it, or its owner, is closed
     */
    public void enter() {
        if (owner != null) {
            owner.enter();
        }
        lock.readLock().lock();
        if (closed) {
            exit();
            throw new IllegalStateException(
                    what + ": expected to be used while open, was closed before. Close it after its last use.");
        }
    }

    /** Ends what {@link #enter} began, on the same thread. */
    public void exit() {
        lock.readLock().unlock();
        if (owner != null) {
            owner.exit();
        }
    }

    /**
     * Waits for all users, then releases; does nothing the second time.
     *
     * @throws IllegalStateException if this thread is using the thing: it would wait for itself
     */
    public void close(Runnable release) {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(what
                    + ": expected to be closed when idle, was closed by the work it is doing. Close it afterwards.");
        }
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
