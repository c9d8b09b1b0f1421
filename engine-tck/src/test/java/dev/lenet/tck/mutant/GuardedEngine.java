package dev.lenet.tck.mutant;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.reference.Mathematics;
import dev.lenet.tck.reference.ReferenceEngine;
import dev.lenet.tck.reference.ReferenceModel;
import dev.lenet.tck.reference.ReferenceTrainer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Holds something while it predicts from a batch, makes a step, or closes: a deadlock in three kinds. */
final class GuardedEngine extends ReferenceEngine {
    private static final int MANY = 1000;

    private final Guard predicting;
    private final Guard stepping;
    private final Guard closing;

    private GuardedEngine(Guard predicting, Guard stepping, Guard closing) {
        super(new Mathematics());
        this.predicting = predicting;
        this.stepping = stepping;
        this.closing = closing;
    }

    /** One thread at a time; the same thread may come again. */
    static GuardedEngine oneLock() {
        Guard one = Guard.of(new ReentrantLock());
        return new GuardedEngine(one, one, Guard.NONE);
    }

    /** One step at a time, and none within another on the same thread. */
    static GuardedEngine oneStep() {
        return new GuardedEngine(Guard.NONE, Guard.of(new Semaphore(1), 1), Guard.NONE);
    }

    /** Who closes waits for all others, and whoever comes then waits behind who closes. */
    static GuardedEngine closingFirst() {
        Semaphore users = new Semaphore(MANY, true);
        return new GuardedEngine(Guard.of(users, 1), Guard.of(users, 1), Guard.of(users, MANY));
    }

    @Override
    protected ReferenceModel newModel(Network network, Weights weights) {
        return new ReferenceModel(this, network, weights) {
            @Override
            public Tensor predict(Batch batch) {
                return predicting.holding(() -> super.predict(batch));
            }
        };
    }

    @Override
    protected ReferenceTrainer newTrainer(ReferenceModel model, TrainingSpec spec) {
        return new ReferenceTrainer(model, spec) {
            @Override
            public void step(Batch batch, double learningRate) {
                stepping.holding(() -> {
                    super.step(batch, learningRate);
                    return batch;
                });
            }
        };
    }

    @Override
    public void close() {
        closing.holding(() -> {
            super.close();
            return closing;
        });
    }

    /** Begins something, and may wait. */
    private interface Entry {
        void enter() throws InterruptedException;
    }

    /** What must be held to do something. */
    private record Guard(Entry entry, Runnable exit) {
        static final Guard NONE = new Guard(() -> {}, () -> {});

        static Guard of(Lock lock) {
            return new Guard(lock::lockInterruptibly, lock::unlock);
        }

        static Guard of(Semaphore semaphore, int permits) {
            return new Guard(() -> semaphore.acquire(permits), () -> semaphore.release(permits));
        }

        <T> T holding(Supplier<T> work) {
            try {
                entry.enter();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while it waited to be let in", e);
            }
            try {
                return work.get();
            } finally {
                exit.run();
            }
        }
    }
}
