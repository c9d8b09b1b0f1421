package dev.lenet.api.data;

import static dev.lenet.api.data.WatchedExamples.SIZE;
import static dev.lenet.api.data.WatchedExamples.await;
import static dev.lenet.api.data.WatchedExamples.contents;
import static dev.lenet.api.data.WatchedExamples.inOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Augmentation;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrefetchTest {
    private final WatchedExamples examples = new WatchedExamples();

    @AfterEach
    void noThreadIsLeft() {
        examples.assertNoThreadIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void batchesAreThoseWithoutPrefetching(int threads) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] order = random.ints(random.nextInt(60), 0, SIZE).toArray();
            int batchSize = 1 + random.nextInt(random.nextBoolean() ? 4 : 70);
            try (Prefetch batches = new Prefetch(examples, order, batchSize, threads)) {
                for (int offset = 0; offset < order.length; offset += batchSize) {
                    int size = Math.min(batchSize, order.length - offset);
                    assertThat(batches.hasNext())
                            .as("seed %d, %d", seed, offset)
                            .isTrue();
                    Batch batch = batches.next();
                    // Twice: a batch that was handed out is not written to.
                    for (int pass = 0; pass < 2; pass++) {
                        assertThat(contents(batch))
                                .as("seed %d, %d", seed, offset)
                                .isEqualTo(contents(new Batch(examples, order, offset, size)));
                    }
                    assertThat(batch.dataset().exampleShape()).isEqualTo(examples.exampleShape());
                    assertThat(batch.dataset().classes()).isEqualTo(examples.classes());
                }
                assertThat(batches.hasNext()).as("seed %d", seed).isFalse();
            }
        }
    }

    @Test
    void augmentedImagesAreThoseWithoutPrefetching() {
        Augmentation augmentation = new Augmentation(1, 20, 0.2, 0.2, 0.2, 2, 2);
        byte[] pixels = new byte[SIZE * 64];
        new Random(1).nextBytes(pixels);
        Dataset images = new ImageDataset(Shape.of(1, 8, 8), pixels, new byte[SIZE], 10, new Normalization(0.1, 0.3));
        int[] order = RandomStream.of(1, "order").permutation(SIZE);
        try (Prefetch batches = new Prefetch(augmentation.augment(images, 3, 2), order, 8, 2)) {
            for (int offset = 0; offset < SIZE; offset += 8) {
                Batch expected = new Batch(augmentation.augment(images, 3, 2), order, offset, 8);
                assertThat(contents(batches.next())).isEqualTo(contents(expected));
            }
        }
    }

    @Test
    void readsAheadWhileABatchIsUsedAndLeavesThatAlone() throws InterruptedException {
        CountDownLatch ahead = new CountDownLatch(1);
        examples.onRead = row -> {
            if (row == 7) {
                ahead.countDown();
            }
        };
        try (Prefetch batches = new Prefetch(examples, inOrder(SIZE), 2, 1)) {
            Batch first = batches.next();
            // The fourth batch's last row, and the second batch was not asked for.
            await(ahead);
            assertThat(contents(first)).isEqualTo(contents(new Batch(examples, inOrder(SIZE), 0, 2)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void readsNoFurtherThanItHasMemory(int threads) {
        AtomicInteger asked = new AtomicInteger();
        Set<Integer> tooFar = ConcurrentHashMap.newKeySet();
        examples.onRead = row -> {
            // Batch 0 is given back when batch 1 is asked for.
            int givenBack = Math.max(0, asked.get() - 1);
            if (row / 2 >= givenBack + 2 * threads + 2) {
                tooFar.add(row);
            }
        };
        try (Prefetch batches = new Prefetch(examples, inOrder(SIZE), 2, threads)) {
            while (batches.hasNext()) {
                asked.incrementAndGet();
                batches.next();
            }
        }
        assertThat(tooFar).isEmpty();
    }

    @Test
    void aBatchLastsUntilTheNextIsAskedFor() {
        Prefetch batches = new Prefetch(examples, inOrder(SIZE), 4, 1);
        Batch first = batches.next();
        Batch second = batches.next();

        assertThat(second.dataset()).isNotSameAs(first.dataset());
        assertExpired(first);
        assertThat(second.label(0)).isEqualTo(4);
        batches.close();
        assertExpired(second);
    }

    private static void assertExpired(Batch batch) {
        String message = "Batch: expected to be read before the next one is asked for, was read later."
                + " Copy what is needed for longer.";
        assertThatThrownBy(() -> batch.read(0, new float[3], 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> batch.label(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void aBatchHasNoRowsBehindItsLast() {
        try (Prefetch batches = new Prefetch(examples, inOrder(3), 2, 1)) {
            batches.next();
            Dataset last = batches.next().dataset();

            assertThat(last.size()).isEqualTo(1);
            assertThatThrownBy(() -> last.label(1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> last.read(1, new float[3], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void thereIsNoBatchBehindTheLast() {
        for (int threads = 0; threads < 3; threads++) {
            try (Prefetch batches = new Prefetch(examples, inOrder(4), 4, threads)) {
                batches.next();
                assertThat(batches.hasNext()).isFalse();
                assertThatThrownBy(batches::next)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessage(
                                "Prefetch: expected to be asked for 1 batches, was asked for one more. Ask hasNext before.");
            }
        }
    }

    @Test
    void anEmptyEpochHasNoBatch() {
        try (Prefetch batches = new Prefetch(examples, new int[0], 4, 2)) {
            assertThat(batches.hasNext()).isFalse();
        }
    }

    @Test
    void withoutThreadsBatchesNameRowsOfTheDataSet() {
        int[] order = {3, 1, 2};
        try (Prefetch batches = new Prefetch(examples, order, 2, 0)) {
            assertRows(batches.next(), order, 0, 2);
            assertRows(batches.next(), order, 2, 1);
        }
        assertThat(examples.wereReadAhead()).isFalse();
    }

    private void assertRows(Batch batch, int[] order, int offset, int size) {
        assertThat(batch.dataset()).isSameAs(examples);
        assertThat(batch.order()).isSameAs(order);
        assertThat(batch.offset()).isEqualTo(offset);
        assertThat(batch.size()).isEqualTo(size);
    }

    @Test
    void imagesInMemoryAndSelectionsOfThemAreNotCopied() {
        ImageRows images = new ImageDataset(Shape.of(1), new byte[9], new byte[9], 1, new Normalization(0, 1));
        for (Dataset dataset : List.of(images, images.select(new int[] {4, 2}))) {
            try (Prefetch batches = new Prefetch(dataset, new int[] {1, 0}, 2, 3)) {
                assertThat(batches.next().dataset()).isSameAs(dataset);
            }
        }
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Prefetch(examples, new int[4], 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Prefetch: expected a batch size of at least 1, received 0. 32 to 256 examples are usual.");
        assertThatThrownBy(() -> new Prefetch(examples, new int[4], 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Prefetch: expected 0 threads or more, received -1. Use 0 to read nothing ahead.");
    }
}
