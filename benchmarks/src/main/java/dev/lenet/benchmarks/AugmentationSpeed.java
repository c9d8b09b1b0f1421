package dev.lenet.benchmarks;

import dev.lenet.api.data.Augmentation;
import dev.lenet.api.data.Dataset;
import java.util.Arrays;

/**
 * How long augmenting an image takes: microseconds an MNIST image on one thread.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.AugmentationSpeed
 * </pre>
 *
 * Each figure is the median of rounds, the fastest behind it.
 */
public final class AugmentationSpeed {
    private static final int IMAGES = 10_000;
    private static final int ROUNDS = 21;

    private AugmentationSpeed() {}

    public static void main(String[] arguments) {
        Dataset digits = Digits.read().training();
        System.out.printf("JDK %s, medians of %d rounds of %d images%n", Runtime.version(), ROUNDS, IMAGES);
        System.out.printf("%-36s %8s %8s   us/image%n", "", "median", "fastest");
        time("as they are", Augmentation.NONE, digits);
        time("shift", new Augmentation(2, 0, 0, 0, 0, 0, 4), digits);
        time("shift, turn, scale, shear, aspect", new Augmentation(2, 15, 0.15, 0.15, 0.1, 0, 4), digits);
        time("all, elastic", new Augmentation(2, 15, 0.15, 0.15, 0.1, 5, 4), digits);
    }

    private static void time(String what, Augmentation augmentation, Dataset digits) {
        float[] image = new float[Digits.PIXELS];
        double[] times = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            Dataset augmented = augmentation.augment(digits, 42, round + 6);
            long start = System.nanoTime();
            for (int row = 0; row < IMAGES; row++) {
                augmented.read(row, image, 0);
            }
            if (round >= 0) {
                times[round] = (System.nanoTime() - start) * 1e-3 / IMAGES;
            }
        }
        Arrays.sort(times);
        System.out.printf("%-36s %8.2f %8.2f%n", what, times[ROUNDS / 2], times[0]);
    }
}
