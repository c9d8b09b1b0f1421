package org.rapaio.jupyter.kernel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopThreadTest {

    @Test
    void runsItsBodyAgainAndAgainAlsoAfterAnExceptionUntilItIsShutDown() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        LoopThread thread = new LoopThread("Test-0", 1, () -> {
            runs.countDown();
            throw new IllegalStateException("not ready");
        });
        thread.start();
        assertThat(runs.await(10, TimeUnit.SECONDS)).as("three runs").isTrue();
        thread.shutdown();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void neverEndsBeforeItsFirstRun() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            CountDownLatch run = new CountDownLatch(1);
            LoopThread thread = new LoopThread("Test-" + i, 1, run::countDown);
            thread.start();
            assertThat(run.await(10, TimeUnit.SECONDS)).as("start %d", i).isTrue();
            thread.shutdown();
        }
    }

    @Test
    void standsBeforeTheKernelsOwn() {
        assertThat(LoopThread.class.getProtectionDomain().getCodeSource().getLocation())
                .isNotEqualTo(
                        Channels.class.getProtectionDomain().getCodeSource().getLocation());
    }
}
