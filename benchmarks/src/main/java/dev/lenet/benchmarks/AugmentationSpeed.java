package dev.lenet.benchmarks;

import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.augmentation.SurfaceEffect;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.Prefetch;
import java.util.Arrays;

/**
 * How long augmenting an image takes: microseconds an MNIST image, of the thread that takes the batches.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.AugmentationSpeed
 * </pre>
 *
 * With no thread that reads ahead everything is done by the one; with one, that one augments, and what is left is taking
 * over its batches or waiting for them. The median of rounds, and the fastest.
 */
public final class AugmentationSpeed {
    private static final int[] ROWS = new int[20_000];
    private static final int ROUNDS = 21;

    private AugmentationSpeed() {}

    public static void main(String[] arguments) {
        Dataset digits = Digits.read().training();
        Arrays.setAll(ROWS, row -> row);
        System.out.printf("JDK %s, medians of %d rounds of %d images%n", Runtime.version(), ROUNDS, ROWS.length);
        System.out.printf("%-36s %7s %8s %8s   us/image%n", "", "threads", "median", "fastest");
        for (int threads = 0; threads <= 1; threads++) {
            time("none", Augmentation.NONE, digits, threads);
            time("shift", new Augmentation(1.5, 0, 0, 0, 0, 0, 4), digits, threads);
            time(
                    "shift, turn, scale, shear, aspect",
                    new Augmentation(1.5, 10, 0.1, 0.15, 0.08, 0, 4),
                    digits,
                    threads);
            time("each effect on one image in ten", everyEffect(), digits, threads);
            time("all and elastic", new Augmentation(1.5, 10, 0.1, 0.15, 0.08, 3, 4), digits, threads);
        }
    }

    private static Augmentation everyEffect() {
        Augmentation all = Augmentation.NONE;
        for (SurfaceEffect effect : SurfaceEffect.values()) {
            all = all.with(effect, 0.1, 1);
        }
        return all;
    }

    private static void time(String what, Augmentation augmentation, Dataset digits, int threads) {
        float[] image = new float[Digits.PIXELS];
        double[] times = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            Dataset augmented = augmentation.augment(digits, 42, round + 6);
            long start = System.nanoTime();
            try (Prefetch batches = new Prefetch(augmented, ROWS, Contestant.BATCH_SIZE, threads)) {
                while (batches.hasNext()) {
                    Batch batch = batches.next();
                    for (int i = 0; i < batch.size(); i++) {
                        batch.read(i, image, 0);
                    }
                }
            }
            if (round >= 0) {
                times[round] = (System.nanoTime() - start) * 1e-3 / ROWS.length;
            }
        }
        Arrays.sort(times);
        System.out.printf("%-36s %7d %8.2f %8.2f%n", what, threads, times[ROUNDS / 2], times[0]);
    }
}
