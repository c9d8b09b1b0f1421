package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ArrayDataset;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Effects on the surface of training images")
class SurfaceEffectTest {
    private static final int SIDE = 28;
    private static final int ROWS = 400;
    private static final Normalization NORMALIZATION = new Normalization(0.1307, 0.3081);
    private static final float PAPER = NORMALIZATION.table()[0];
    private static final float INK = NORMALIZATION.table()[255];

    @ParameterizedTest
    @EnumSource
    @DisplayName("Each changes most images, and leaves tones between paper and ink")
    void changesImages(SurfaceEffect effect) {
        Dataset digits = rings(ROWS);
        Dataset changed = Augmentation.NONE.with(effect, 1, 1).augment(digits, 5, 1);

        long different = IntStream.range(0, ROWS)
                .filter(row -> !Arrays.equals(read(changed, row), read(digits, row)))
                .count();
        assertThat(different).isGreaterThan(ROWS * 9 / 10);
        for (int row = 0; row < ROWS; row++) {
            for (float value : read(changed, row)) {
                assertThat(value).isBetween(PAPER - 1e-6f, INK + 1e-6f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Each gets weaker with its strength")
    void strength(SurfaceEffect effect) {
        double strong = meanChange(Augmentation.NONE.with(effect, 1, 1));
        double weak = meanChange(Augmentation.NONE.with(effect, 1, 0.1));

        assertThat(weak).isLessThan(0.8 * strong);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Each happens as often as its probability says")
    void probability(SurfaceEffect effect) {
        int rows = 4000;
        Dataset digits = rings(rows);
        Dataset sometimes = Augmentation.NONE.with(effect, 0.25, 1).augment(digits, 5, 1);
        Dataset always = Augmentation.NONE.with(effect, 1, 1).augment(digits, 5, 1);

        int happened = 0;
        int possible = 0;
        for (int row = 0; row < rows; row++) {
            float[] plain = read(digits, row);
            float[] image = read(sometimes, row);
            possible += Arrays.equals(read(always, row), plain) ? 0 : 1;
            if (!Arrays.equals(image, plain)) {
                happened++;
                assertThat(image).as("what it does when it happens").isEqualTo(read(always, row));
            }
        }
        // Four standard deviations.
        assertThat((double) happened / possible).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / possible)));
    }

    @Test
    @DisplayName("An effect draws the same whatever other effects there are")
    void independentOfEachOther() {
        Dataset digits = rings(ROWS);
        Augmentation noise = Augmentation.NONE.with(SurfaceEffect.NOISE, 1, 0.5);
        Dataset alone = noise.augment(digits, 5, 1);
        Dataset both = noise.with(SurfaceEffect.TONE, 0.3, 1).augment(digits, 5, 1);

        long same = IntStream.range(0, ROWS)
                .filter(row -> Arrays.equals(read(alone, row), read(both, row)))
                .count();
        assertThat((double) same / ROWS).isCloseTo(0.7, within(0.1));
    }

    @Test
    @DisplayName("Effects of probability 0 are no effects")
    void never() {
        Augmentation never = Augmentation.NONE.with(SurfaceEffect.BLUR, 0, 1);

        assertThat(never).isEqualTo(Augmentation.NONE);
        assertThat(never.isNone()).isTrue();
        assertThat(Augmentation.NONE.with(SurfaceEffect.BLUR, 0.1, 1).isNone()).isFalse();
    }

    @Test
    @DisplayName("All channels of an image get the same, and an image of another size as well")
    void channels() {
        Shape shape = Shape.of(2, 9, 13);
        float[] pixels = new float[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % (9 * 13) % 5 / 4f;
        }
        Dataset images = ArrayDataset.of(shape, pixels, new int[1], 10);
        for (SurfaceEffect effect : SurfaceEffect.values()) {
            Dataset augmented = Augmentation.NONE.with(effect, 1, 1).augment(images, 8, 2);
            float[] image = new float[shape.size()];
            augmented.read(0, image, 0);

            assertThat(Arrays.copyOfRange(image, 0, 9 * 13))
                    .as("%s", effect)
                    .isEqualTo(Arrays.copyOfRange(image, 9 * 13, 2 * 9 * 13));
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 1", "1.1, 1", "NaN, 1", "0.5, 0", "0.5, 1.01", "0.5, NaN"})
    @DisplayName("Chances and strengths outside their ranges are refused")
    void refusals(double probability, double strength) {
        assertThatThrownBy(() -> new Chance(probability, strength))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Augmentation: expected a ");
    }

    @Test
    @DisplayName("A seed gives the same bits on every JVM")
    void sameBitsEverywhere() {
        Augmentation all = new Augmentation(2, 15, 0.15, 0.2, 0.1, 1, 4);
        for (SurfaceEffect effect : SurfaceEffect.values()) {
            all = all.with(effect, 0.4, 0.9);
        }
        Dataset augmented = all.augment(rings(ROWS), 5, 3);
        CRC32 sum = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(SIDE * SIDE * Float.BYTES);
        for (int row = 0; row < ROWS; row++) {
            bytes.clear();
            for (float value : read(augmented, row)) {
                bytes.putFloat(value);
            }
            sum.update(bytes.array());
        }
        assertThat(sum.getValue()).isEqualTo(10180877L);
    }

    private static double meanChange(Augmentation augmentation) {
        Dataset digits = rings(ROWS);
        Dataset changed = augmentation.augment(digits, 5, 1);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] before = read(digits, row);
            float[] after = read(changed, row);
            for (int i = 0; i < after.length; i++) {
                sum += Math.abs(after[i] - before[i]);
            }
        }
        return sum / ROWS;
    }

    private static float[] read(Dataset dataset, int row) {
        float[] image = new float[SIDE * SIDE];
        dataset.read(row, image, 0);
        return image;
    }

    /** Soft rings of different sizes, drawn as by a pen three pixels wide. */
    private static ImageDataset rings(int rows) {
        byte[] pixels = new byte[rows * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / (SIDE * SIDE);
            int y = i / SIDE % SIDE;
            int x = i % SIDE;
            double distance = Math.abs(Math.sqrt((y - 13) * (y - 13) + (x - 14) * (x - 14)) - 5 - row % 4);
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, 2 - distance)));
        }
        return new ImageDataset(Shape.of(1, SIDE, SIDE), pixels, new byte[rows], 10, NORMALIZATION);
    }
}
