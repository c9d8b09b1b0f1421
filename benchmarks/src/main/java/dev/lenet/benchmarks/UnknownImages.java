package dev.lenet.benchmarks;

import dev.lenet.api.DatasetException;
import dev.lenet.api.LenetException;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.inference.Rejection;
import dev.lenet.api.inference.Rejection.Kind;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import dev.lenet.datasets.MadeUpImages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model of MNIST says of images that are no digit, see {@link MadeUpImages}, and of Fashion-MNIST where it is installed (Debian's package
 * {@code dataset-fashion-mnist}).
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.UnknownImages models/lenet5.safetensors
 * </pre>
 */
public final class UnknownImages {
    private static final int COUNT = 1000;
    private static final long SEED = 2;

    private UnknownImages() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("UnknownImages: expected a model file, received " + arguments.length
                    + " arguments. Name one, for example models/lenet5.safetensors.");
            System.exit(2);
        }
        try (Classifier classifier = Classifier.open(Path.of(arguments[0]))) {
            Map<String, List<byte[]>> others = new LinkedHashMap<>();
            for (MadeUpImages made : MadeUpImages.values()) {
                others.put(made.title(), made.images(COUNT, SEED));
            }
            others.put(DatasetKind.FASHION_MNIST.id(), clothing());
            print(Rejection.of(classifier, images(Digits.read().test(), Integer.MAX_VALUE), others));
        } catch (LenetException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static List<byte[]> clothing() {
        DatasetKind kind = DatasetKind.FASHION_MNIST;
        try {
            ImageDataset test = DatasetFinder.offline()
                    .find(kind, kind.usualDirectory())
                    .test(kind.normalization().orElseThrow());
            return images(test, COUNT);
        } catch (DatasetException e) {
            System.out.println(e.getMessage());
            return List.of();
        }
    }

    private static List<byte[]> images(ImageRows rows, int most) {
        return IntStream.range(0, Math.min(most, rows.size()))
                .mapToObj(row -> rows.images().image(rows.imageRow(row)))
                .toList();
    }

    private static void print(Rejection rejection) {
        line("", "taken for a digit", "AUROC", "FPR at 95 % TPR");
        for (Kind kind : rejection.kinds()) {
            line(
                    kind.name(),
                    percent(kind.taken()),
                    String.format(Locale.ROOT, "%.4f", rejection.auroc(kind)),
                    percent(rejection.falsePositiveRate(kind)));
        }
        line("mean", "", String.format(Locale.ROOT, "%.4f", rejection.auroc()), "");
        line("test digits doubted", percent(rejection.doubted()), "", "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static void line(String name, String taken, String auroc, String falsePositives) {
        System.out.printf(Locale.ROOT, "%-24s %18s %8s %16s%n", name, taken, auroc, falsePositives);
    }
}
