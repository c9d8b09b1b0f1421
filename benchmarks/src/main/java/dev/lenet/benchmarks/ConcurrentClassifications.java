package dev.lenet.benchmarks;

import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Whether one classifier serves many threads: 100,000 classifications of test images from eight threads, each answer compared with
 * the one that a single thread got, and the memory in use after each tenth of them.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -Xmx256m -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.ConcurrentClassifications native
 * </pre>
 */
public final class ConcurrentClassifications {
    private static final int THREADS = 8;
    private static final int PARTS = 10;
    private static final int OF_A_THREAD_IN_A_PART = 1250;
    private static final int IMAGES = 1000;

    private ConcurrentClassifications() {}

    /** @param arguments the engine's name */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        ImageDataset digits = Digits.read().test();
        List<byte[]> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> digits.image(i * (digits.size() / IMAGES)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Classifier classifier = Classifier.open(Path.of("models/lenet5.safetensors"), arguments[0])) {
            List<Classification> alone =
                    images.stream().map(classifier::classify).toList();
            System.out.printf(
                    "%s on %s%n",
                    classifier.engine().name(), classifier.engine().detail());
            for (int part = 1; part <= PARTS; part++) {
                long start = System.nanoTime();
                List<Future<Integer>> parts = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int first = thread;
                    parts.add(threads.submit(() -> different(classifier, images, alone, first)));
                }
                int different = 0;
                for (Future<Integer> each : parts) {
                    different += each.get();
                }
                double seconds = (System.nanoTime() - start) * 1e-9;
                System.gc();
                Runtime jvm = Runtime.getRuntime();
                System.out.printf(
                        "%,7d classified, %d different, %,6.0f/s, %.1f MB of heap in use, %.0f MB resident%n",
                        part * THREADS * OF_A_THREAD_IN_A_PART,
                        different,
                        THREADS * OF_A_THREAD_IN_A_PART / seconds,
                        (jvm.totalMemory() - jvm.freeMemory()) * 1e-6,
                        Machine.residentMegabytes());
                if (different > 0) {
                    throw new IllegalStateException(different + " answers differ from those of a single thread");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int different(Classifier classifier, List<byte[]> images, List<Classification> alone, int first) {
        int different = 0;
        for (int k = 0; k < OF_A_THREAD_IN_A_PART; k++) {
            int i = (first + k * THREADS) % images.size();
            different += classifier.classify(images.get(i)).equals(alone.get(i)) ? 0 : 1;
        }
        return different;
    }
}
