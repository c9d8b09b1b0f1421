package dev.lenet.api.data;

import dev.lenet.api.Argument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an epoch, their examples read ahead by other threads, so that augmenting the next images goes on while
 * the engine works on the last ones.
 *
 * <pre>{@code
 * try (Prefetch batches = new Prefetch(dataset, order, 32, 1)) {
 *     while (batches.hasNext()) {
 *         trainer.step(batches.next(), learningRate);
 *     }
 * }
 * }</pre>
 *
 * <p>Batches, their order and their values are those without prefetching, and so are errors: what the data set throws for
 * an example is thrown, the same object, when the batch of that example would be next. A batch may be read by any number
 * of threads until the next one is asked for; its memory is then used again, and reading it is an
 * {@link IllegalStateException}. A batch never looks like an earlier one: each has a data set object of its own.
 *
 * <p>Images in memory ({@link ImageRows}) are not read ahead, as they are at hand: their batches are of the data set
 * itself, and stay readable.
 *
 * <p>One thread asks for batches; interrupting it ends the prefetching, unless nothing is read ahead. Any thread may
 * close.
 */
public final class Prefetch implements AutoCloseable {
    private final Dataset dataset;
    private final int[] order;
    private final int batchSize;
    private final int batches;
    private final List<Thread> threads = new ArrayList<>();
    /** Row i of a block is example i of its batch. */
    private final int[] rowsOfBlock;
    /** How many batches were handed out. */
    private int taken;

    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when a block is read, when one is free, and at the end. */
    private final Condition blockRead = lock.newCondition();

    private final Condition blockFree = lock.newCondition();
    // Guarded by the lock:
    private final Queue<Block> free = new ArrayDeque<>();
    /** Those that are read, or failed, batch b at {@code b % length}. */
    private final @Nullable Block[] read;
    /** That of the batch handed out last. */
    private @Nullable Block current;
    /** The first batch that no thread has begun to read. */
    private int begun;

    /** Set under the lock, and looked at without it between two examples. */
    private volatile boolean stopped;

    /**
     * Begins to read.
     *
     * @param order the rows of the epoch in their order; not to be changed
     * @param batchSize examples of each batch; the last may have fewer
     * @param threads how many read; 0 to read nothing ahead, but in {@code step}, as always for images in memory
     * @throws IllegalArgumentException if a number is out of range
     */
    public Prefetch(Dataset dataset, int[] order, int batchSize, int threads) {
        Argument.check(
                batchSize >= 1, "Prefetch", "a batch size of at least 1", batchSize, "32 to 256 examples are usual.");
        Argument.check(threads >= 0, "Prefetch", "0 threads or more", threads, "Use 0 to read nothing ahead.");
        this.dataset = dataset;
        this.order = order;
        this.batchSize = batchSize;
        this.batches = (int) (((long) order.length + batchSize - 1) / batchSize);
        // Images in memory are at hand, and an engine that has them on its device has to see that they are the same.
        int readers = dataset instanceof ImageRows ? 0 : Math.min(threads, batches);
        // One for the engine, one for each thread to write, and as many ready between them, and one.
        int blocks = readers == 0 ? 0 : (int) Math.min(batches, 2L * readers + 2);
        this.read = new Block[blocks];
        this.rowsOfBlock = new int[Math.min(batchSize, order.length)];
        Arrays.setAll(rowsOfBlock, i -> i);
        for (int i = 0; i < blocks; i++) {
            free.add(new Block());
        }
        for (int i = 0; i < readers; i++) {
            Thread thread = new Thread(this::readAhead, "lenet-prefetch-" + (i + 1));
            // A run that ends without closing this does not keep the program alive.
            thread.setDaemon(true);
            this.threads.add(thread);
        }
        try {
            this.threads.forEach(Thread::start);
        } catch (Throwable e) {
            // There may be no memory for another thread; those that run would be left behind.
            close();
            throw e;
        }
    }

    /** Whether there is a further batch. */
    public boolean hasNext() {
        return taken < batches;
    }

    /**
     * The next batch; gives the memory of the one before back.
     *
     * @throws NoSuchElementException if there is none
     * @throws IllegalStateException if this was closed, or ended by an error
     * @throws CancellationException if the calling thread was interrupted; it stays so
     */
    public Batch next() {
        if (stopped) {
            throw closed();
        }
        if (!hasNext()) {
            throw new NoSuchElementException("Prefetch: expected to be asked for " + batches
                    + " batches, was asked for one more. Ask hasNext before.");
        }
        if (threads.isEmpty()) {
            int offset = taken * batchSize;
            taken++;
            return new Batch(dataset, order, offset, sizeFrom(offset));
        }
        Block block;
        try {
            block = exchange();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            CancellationException cancelled = new CancellationException("Prefetch: expected to wait for the next batch,"
                    + " received an interrupt. Do not interrupt the training thread, or take it as the run's end.");
            cancelled.initCause(e);
            throw cancelled;
        }
        if (block.failure != null) {
            close();
            Prefetch.<RuntimeException>rethrow(block.failure);
        }
        taken++;
        BlockDataset examples = new BlockDataset(dataset, block);
        block.reader = examples;
        return new Batch(examples, rowsOfBlock, 0, block.size);
    }

    /** Gives the current block back, and waits for the next. */
    private Block exchange() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (current != null) {
                current.reader = null;
                free.add(current);
                current = null;
                blockFree.signal();
            }
            int slot = taken % read.length;
            Block block = read[slot];
            while (block == null && !stopped) {
                blockRead.await();
                block = read[slot];
            }
            if (block == null || stopped) {
                throw closed();
            }
            read[slot] = null;
            current = block;
            return block;
        } finally {
            lock.unlock();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException(
                "Prefetch: expected to be used while open, was closed before. Close it after its last use.");
    }

    private int sizeFrom(int offset) {
        return Math.min(batchSize, order.length - offset);
    }

    /**
     * Ends the reading and waits for the examples that are just being read: afterwards no thread is left. If the caller is
     * interrupted, so are the threads that it waits for.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            if (current != null) {
                current.reader = null;
                current = null;
            }
            blockFree.signalAll();
            blockRead.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the threads do. */
    private void readAhead() {
        while (true) {
            int batch;
            Block block;
            lock.lock();
            try {
                while (free.isEmpty() && begun < batches && !stopped) {
                    blockFree.awaitUninterruptibly();
                }
                if (begun == batches || stopped) {
                    // One signal wakes one thread; the others have nothing to wait for, either.
                    blockFree.signalAll();
                    return;
                }
                batch = begun++;
                block = free.remove();
            } finally {
                lock.unlock();
            }
            fill(block, batch);
            lock.lock();
            try {
                read[batch % read.length] = block;
                if (block.failure != null) {
                    begun = batches;
                }
                blockRead.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void fill(Block block, int batch) {
        try {
            int offset = batch * batchSize;
            int size = sizeFrom(offset);
            int exampleSize = dataset.exampleShape().size();
            if (block.values.length == 0) {
                block.values = new float[Math.multiplyExact(rowsOfBlock.length, exampleSize)];
                block.labels = new int[rowsOfBlock.length];
            }
            block.size = size;
            for (int i = 0; i < size && !stopped; i++) {
                dataset.read(order[offset + i], block.values, i * exampleSize);
                block.labels[i] = dataset.label(order[offset + i]);
            }
        } catch (Throwable e) {
            // Of any kind: next() throws it where the caller would have met it.
            block.failure = e;
        }
    }

    /** Throws a checked exception where none is declared, as the data set that it came from did. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }

    /** Memory for a batch. */
    static final class Block {
        float[] values = {};
        int[] labels = {};
        int size;

        @Nullable
        Throwable failure;
        /** Through which the engine reads it; null while it is not the engine's. */
        volatile @Nullable BlockDataset reader;
    }
}
