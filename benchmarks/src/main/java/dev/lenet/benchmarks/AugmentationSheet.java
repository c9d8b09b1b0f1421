package dev.lenet.benchmarks;

import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.augmentation.Corruption;
import dev.lenet.api.augmentation.Outliers;
import dev.lenet.api.augmentation.SurfaceEffect;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.report.chart.ImageGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The pictures of {@code docs/augmentation.md}: what each effect does to training digits at its full strength, and the corruptions that
 * tests use.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.lenet.benchmarks.AugmentationSheet
 * </pre>
 */
public final class AugmentationSheet {
    private static final int COLUMNS = 10;
    private static final long SEED = 3;

    private AugmentationSheet() {}

    public static void main(String[] arguments) throws IOException {
        Digits digits = Digits.read();
        ImageGrid effects = new ImageGrid(COLUMNS);
        add(effects, "none", digits.training());
        for (SurfaceEffect effect : SurfaceEffect.values()) {
            Augmentation always = Augmentation.NONE.with(effect, 1, 1);
            Dataset changed = always.augment(digits.training(), SEED, 1);
            add(effects, effect.name().toLowerCase(Locale.ROOT), pixels(changed, digits.training()));
        }
        Files.write(Path.of("docs/augmentation.png"), effects.png());

        ImageGrid corruptions = new ImageGrid(COLUMNS);
        for (Corruption kind : Corruption.values()) {
            add(corruptions, kind.title(), kind.corrupt(digits.test(), SEED));
        }
        Files.write(Path.of("docs/corruptions.png"), corruptions.png());

        int count = 4 * COLUMNS;
        ImageDataset outliers = Outliers.after(digits.training(), count, SEED);
        ImageGrid made = new ImageGrid(COLUMNS);
        for (int row = outliers.size() - count; row < outliers.size(); row++) {
            made.add(outliers, row, "");
        }
        Files.write(Path.of("docs/outliers.png"), made.png());
    }

    /** Its first images as bytes, for a picture that shows paper as grey as it is. */
    private static ImageDataset pixels(Dataset changed, ImageDataset original) {
        float[] values = original.values();
        byte[] pixels = new byte[COLUMNS * Digits.PIXELS];
        byte[] labels = new byte[COLUMNS];
        for (int row = 0; row < COLUMNS; row++) {
            float[] image = Digits.image(changed, row);
            for (int i = 0; i < image.length; i++) {
                float tone = (image[i] - values[0]) / (values[255] - values[0]);
                pixels[row * Digits.PIXELS + i] = (byte) Math.round(255 * tone);
            }
        }
        return new ImageDataset(original.exampleShape(), pixels, labels, original.classes(), original.normalization());
    }

    private static void add(ImageGrid grid, String name, Dataset images) {
        for (int row = 0; row < COLUMNS; row++) {
            grid.add(images, row, row == 0 ? name : "");
        }
    }
}
