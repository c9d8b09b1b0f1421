package dev.lenet.api.engine;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a thing that an engine made is open: what an engine's author needs for the contract's rules of closing.
 *
 * <p>Any number of threads may use a thing at once; closing waits until the last one is done, so nothing is freed under
 * a thread that uses it. Using a thing also uses its owner: closing an engine therefore waits for all work on its models.
 *
 * <p>Only closing ever waits. A use begins at once or is refused, also while a thread waits to close: a thread that is inside
 * may begin further uses and finish, no other comes in. If a user had to wait for a closing thread instead, a thread
 * that the closing thread waits for could be waiting for that user, and neither would ever go on.
 */
public final class Lifetime {
    private final String what;
    private final @Nullable Lifetime owner;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    /** From the moment closing is asked for. */
    private volatile boolean closed;

    private boolean released;

    /**
     * @param what the thing's name in messages, for example {@code "Model"}
     * @param owner whose end makes this thing unusable as well; null for an engine, which nothing owns
     */
    public Lifetime(String what, @Nullable Lifetime owner) {
        this.what = what;
        this.owner = owner;
    }

    /**
     * Does work during which the thing stays open, and returns its result.
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
     * As {@link #use}, for work without a result.
     *
     * @throws IllegalStateException if it, or its owner, is closed
     */
    public void run(Runnable work) {
        enter();
        try {
            work.run();
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
        if (!admit()) {
            if (owner != null) {
                owner.exit();
            }
            throw new IllegalStateException(
                    what + ": expected to be used while open, was closed before. Close it after its last use.");
        }
    }

    private boolean admit() {
        if (closed && lock.getReadHoldCount() == 0) {
            return false;
        }
        // Unlike lock(), this does not queue up behind a closing thread; it fails only while one releases.
        if (!lock.readLock().tryLock()) {
            return false;
        }
        if (closed && lock.getReadHoldCount() == 1) {
            // Closed in between. The closing thread may have looked before or after the lock was taken.
            lock.readLock().unlock();
            return false;
        }
        return true;
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
        closed = true;
        lock.writeLock().lock();
        try {
            if (!released) {
                released = true;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
