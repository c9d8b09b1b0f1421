package dev.lenet.app.photo;

import dev.lenet.api.data.IdxFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Photos of test digits of MNIST, one or a number of them; the same for the same seed and index. */
final class Scenes {
    private static final IdxFile IMAGES = IdxFile.images(file("t10k-images-idx3-ubyte.gz"));
    private static final IdxFile LABELS = IdxFile.labels(file("t10k-labels-idx1-ubyte.gz"));

    private Scenes() {}

    /** Where the tests run, or the root of the repository. */
    private static Path file(String name) {
        Path here = Path.of("data/mnist", name);
        return here.toFile().exists() ? here : Path.of("..").resolve(here);
    }

    static byte[] pixels(int index) {
        return Arrays.copyOfRange(IMAGES.values(), index * 784, (index + 1) * 784);
    }

    static int label(int index) {
        return LABELS.values()[index];
    }

    /** A test digit of 60 to 400 pixels anywhere on a sheet up to twice as large, a little tilted. */
    static byte[] digit(int index, long seed) {
        Random random = new Random(seed * 1_000_003 + index);
        double side = 60 + 340 * random.nextDouble();
        int width = (int) (side * (1 + random.nextDouble()));
        int height = (int) (side * (1 + random.nextDouble()));
        Sheet sheet = Sheet.blank(width, height);
        sheet.write(
                pixels(index),
                random.nextDouble() * (width - side),
                random.nextDouble() * (height - side),
                side,
                0.1 * random.nextGaussian());
        return new Photo(random).of(sheet);
    }

    /** A number and its photo. */
    record HouseNumber(String digits, byte[] photo) {}

    /** A number of so many test digits, written as a hand does: sizes, heights and gaps differ, nothing touches. */
    static HouseNumber number(int count, int index, long seed) {
        Random random = new Random(seed * 1_000_003 + 31L * index + count);
        double size = 50 + 100 * random.nextDouble();
        int width = (int) (size * (count + 1 + random.nextDouble()));
        int height = (int) (size * (1.6 + random.nextDouble()));
        Sheet sheet = Sheet.blank(width, height);
        StringBuilder digits = new StringBuilder();
        double left = size * (0.1 + 0.3 * random.nextDouble());
        double top = random.nextDouble() * (height - 1.4 * size);
        for (int i = 0; i < count; i++) {
            int digit = random.nextInt(LABELS.values().length);
            byte[] pixels = pixels(digit);
            double side = size * (0.85 + 0.3 * random.nextDouble());
            int first = 28;
            int last = 0;
            for (int pixel = 0; pixel < 784; pixel++) {
                if (pixels[pixel] != 0) {
                    first = Math.min(first, pixel % 28);
                    last = Math.max(last, pixel % 28);
                }
            }
            sheet.write(pixels, left - first * side / 28, top + 0.12 * size * random.nextDouble(), side, 0);
            left += (last + 1 - first) * side / 28 + size * (0.08 + 0.25 * random.nextDouble());
            digits.append(label(digit));
        }
        return new HouseNumber(digits.toString(), new Photo(random).of(sheet));
    }
}
