package dev.lenet.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How drawings wait for an engine. */
@Timeout(60)
class EngineThreadsTest {

    /** Arrives, and goes on when all have arrived. */
    private static boolean meet(CountDownLatch all) {
        all.countDown();
        try {
            all.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void asManyAreReadAtOnceAsThereAreThreads() {
        CountDownLatch three = new CountDownLatch(3);
        try (EngineThreads threads = new EngineThreads("e", 3)) {
            List<CompletableFuture<Boolean>> met = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                met.add(threads.submit(() -> meet(three)));
            }
            assertThat(met).allSatisfy(one -> assertThat(one)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo(true));
        }
    }

    @Test
    void whoComesWhenTooManyWaitIsToldSoAndAllOthersGetTheirTurn() {
        CountDownLatch begin = new CountDownLatch(2);
        try (EngineThreads threads = new EngineThreads("e", 1)) {
            CompletableFuture<Boolean> first = threads.submit(() -> meet(begin));
            List<CompletableFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < EngineThreads.MOST_WAITING; i++) {
                int number = i;
                waiting.add(threads.submit(() -> number));
            }
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> threads.submit(() -> 0));
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.reply().headers()).containsEntry("Retry-After", "1");
            assertThat(refusal)
                    .hasMessage("Engine 'e': expected at most 256 drawings that wait, received one more."
                            + " Try again in a moment.");
            begin.countDown();
            assertThat(first).succeedsWithin(Duration.ofSeconds(30));
            for (int i = 0; i < waiting.size(); i++) {
                assertThat(waiting.get(i))
                        .succeedsWithin(Duration.ofSeconds(30))
                        .isEqualTo(i);
            }
        }
    }
}
