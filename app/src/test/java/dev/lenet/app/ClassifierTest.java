package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.ShapeException;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.inference.Activations;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The shipped model as a classifier on both engines")
class ClassifierTest {
    private static final Path MODEL = Path.of("../models/lenet5.safetensors");
    private static final EngineOptions ON_CPU = new EngineOptions(Device.CPU, 0, true);
    private static final int THREADS = 8;

    private static final ImageDataset DIGITS = ImageDataset.of(
            IdxFile.images(Path.of("../data/mnist/t10k-images-idx3-ubyte.gz")),
            IdxFile.labels(Path.of("../data/mnist/t10k-labels-idx1-ubyte.gz")),
            10,
            new Normalization(0, 1));

    /** A spread sample: the first test images are the hard half. */
    private static final List<byte[]> IMAGES =
            IntStream.range(0, 100).mapToObj(i -> DIGITS.image(100 * i)).toList();

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static Classifier open(String engine) {
        return Classifier.open(ModelFile.read(MODEL, List.of()), Engines.named(engine), ON_CPU);
    }

    /** Does the same work in all threads at once. */
    private <T> List<T> inAllThreads(Callable<T> work) throws InterruptedException, ExecutionException {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(threads.submit(work));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "djl"})
    @DisplayName("Eight threads get the answers that one gets, and leave no memory behind")
    void manyThreads(String engine) throws Exception {
        try (Classifier classifier = open(engine)) {
            List<Classification> alone =
                    IMAGES.stream().map(classifier::classify).toList();
            Callable<Boolean> same = () -> {
                for (int round = 0; round < 5; round++) {
                    for (int i = 0; i < IMAGES.size(); i++) {
                        assertThat(classifier.classify(IMAGES.get(i))).isEqualTo(alone.get(i));
                    }
                }
                return true;
            };
            inAllThreads(same);
            long before = usedHeap();
            inAllThreads(same);
            assertThat(usedHeap() - before)
                    .as("growth in bytes over 4,000 answers")
                    .isLessThan(2_000_000);
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "djl"})
    @DisplayName("Closing it while eight threads classify stops them with an IllegalStateException, again and again")
    void closedInUse(String engine) throws Exception {
        ModelFile file = ModelFile.read(MODEL, List.of());
        try (Engine opened = Engines.named(engine).open(ON_CPU)) {
            for (int round = 0; round < Extent.of(200, 40); round++) {
                Classifier classifier = Classifier.on(opened, file);
                CountDownLatch inUse = new CountDownLatch(THREADS);
                List<Future<Throwable>> users = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    byte[] image = IMAGES.get(i);
                    users.add(threads.submit(() -> {
                        try {
                            classifier.classify(image);
                            inUse.countDown();
                            while (true) {
                                classifier.classify(image);
                            }
                        } catch (Throwable e) {
                            inUse.countDown();
                            return e;
                        }
                    }));
                }
                inUse.await();
                classifier.close();
                for (Future<Throwable> user : users) {
                    assertThat(user.get())
                            .as("round %d", round)
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("Classifier: expected to be used while open");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "djl"})
    @DisplayName("Many images at once get the answers of each alone, but for rounding")
    void manyImages(String engine) {
        List<byte[]> images =
                IntStream.range(0, 600).mapToObj(i -> DIGITS.image(16 * i)).toList();
        try (Classifier classifier = open(engine)) {
            List<Classification> together = classifier.classify(images);

            assertThat(together).hasSize(600);
            int right = 0;
            for (int i = 0; i < images.size(); i++) {
                Classification alone = classifier.classify(images.get(i));
                assertThat(together.get(i).probabilities()).containsExactly(alone.probabilities(), within(1e-5));
                assertThat(together.get(i).novelty().orElseThrow())
                        .isCloseTo(alone.novelty().orElseThrow(), within(1e-4));
                assertThat(together.get(i).index()).isEqualTo(alone.index());
                right += alone.index() == DIGITS.label(16 * i) ? 1 : 0;
            }
            assertThat(right).as("of 600").isGreaterThanOrEqualTo(594);
            assertThat(classifier.classify(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "djl"})
    @DisplayName("The last layer's activations are the logits, and the engine that was lent stays open")
    void layers(String engine) {
        ModelFile file = ModelFile.read(MODEL, List.of());
        try (Engine lent = Engines.named(engine).open(ON_CPU)) {
            try (Classifier classifier = Classifier.on(lent, file)) {
                float[] logits = classifier.logits(IMAGES.get(0));
                List<Activations.Output> outputs = classifier.activations(IMAGES.get(0));

                assertThat(outputs).hasSize(file.network().layers().size());
                assertThat(outputs.get(outputs.size() - 1).values()).containsExactly(logits, within(1e-4f));
                assertThat(outputs.get(0).values()).hasSize(6 * 28 * 28);
            }
            try (Classifier again = Classifier.on(lent, file)) {
                assertThat(again.engine().name()).isEqualTo(engine);
                assertThat(again.warmUp().classify(IMAGES.get(0)).name()).isEqualTo("7");
            }
        }
    }

    @Test
    @DisplayName("Without a name, it runs on the engine that is ready soonest")
    void best() {
        try (Classifier classifier = Classifier.open(MODEL)) {
            assertThat(classifier.engine().name()).isEqualTo("native");
        }
    }

    @Test
    @DisplayName("An image of another size is refused")
    void otherSize() {
        try (Classifier classifier = Classifier.open(MODEL, "native")) {
            assertThatThrownBy(() -> classifier.classify(new byte[100]))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("Image: expected the 784 pixels of [1, 28, 28], received 100."
                            + " Scale it to the network's input first.");
        }
    }
}
