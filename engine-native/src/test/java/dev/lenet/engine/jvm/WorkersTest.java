package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyTaskRunsExactlyOnceInEveryRun() {
        try (Workers workers = new Workers(4)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(37);
            for (int round = 1; round <= 5_000; round++) {
                int tasks = 1 + round % 37;
                workers.run(tasks, (index, worker) -> runs.incrementAndGet(index));
            }
            for (int index = 0; index < 37; index++) {
                int expected = 0;
                for (int round = 1; round <= 5_000; round++) {
                    expected += index < 1 + round % 37 ? 1 : 0;
                }
                assertThat(runs.get(index)).as("task %d", index).isEqualTo(expected);
            }
        }
    }

    @Test
    void noWorkerRunsTwoTasksAtOnce() {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray inside = new AtomicIntegerArray(3);
            AtomicIntegerArray clashes = new AtomicIntegerArray(1);
            for (int round = 0; round < 1_000; round++) {
                workers.run(20, (index, worker) -> {
                    if (inside.incrementAndGet(worker) > 1) {
                        clashes.incrementAndGet(0);
                    }
                    inside.decrementAndGet(worker);
                });
            }
            assertThat(clashes.get(0)).isZero();
        }
    }

    @Test
    void aFailureReachesTheCallerAndLeavesTheWorkersUsable() {
        try (Workers workers = new Workers(3)) {
            assertThatThrownBy(() -> workers.run(10, (index, worker) -> {
                        if (index == 7) {
                            throw new IllegalStateException("task 7");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task 7");
            AtomicIntegerArray runs = new AtomicIntegerArray(10);
            workers.run(10, (index, worker) -> runs.incrementAndGet(index));
            for (int index = 0; index < 10; index++) {
                assertThat(runs.get(index)).isEqualTo(1);
            }
        }
    }

    @Test
    void aCheckedExceptionFromALanguageThatDoesNotCheckReachesTheCallerToo() {
        IOException thrown = new IOException("task 7");
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 100; round++) {
                assertThatThrownBy(() -> workers.run(10, (index, worker) -> {
                            if (index == 7) {
                                WorkersTest.<RuntimeException>raise(thrown);
                            }
                        }))
                        .isSameAs(thrown);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
