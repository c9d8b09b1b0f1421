package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Made-up images of no class")
class OutliersTest {
    private static final int SIDE = 28;
    private static final int SIZE = SIDE * SIDE;
    private static final ImageDataset DIGITS = bars(20);

    @Test
    @DisplayName("They come behind the digits, which stay as they are")
    void behindTheDigits() {
        ImageDataset all = Outliers.after(DIGITS, 7, 1);

        assertThat(all.size()).isEqualTo(27);
        for (int row = 0; row < 20; row++) {
            assertThat(all.image(row)).isEqualTo(DIGITS.image(row));
            assertThat(all.label(row)).isEqualTo(DIGITS.label(row));
        }
        assertThat(all.normalization()).isEqualTo(DIGITS.normalization());
        assertThat(Outliers.after(DIGITS, 0, 1).pixels()).isEqualTo(DIGITS.pixels());
    }

    @Test
    @DisplayName("They take selected rows as they come")
    void selectedDigits() {
        ImageDataset all = Outliers.after(DIGITS.select(new int[] {5, 3}), 1, 1);

        assertThat(all.size()).isEqualTo(3);
        assertThat(all.image(0)).isEqualTo(DIGITS.image(5));
        assertThat(all.label(1)).isEqualTo(DIGITS.label(3));
    }

    @Test
    @DisplayName("Nearly all show something, and hardly two the same")
    void various() {
        int count = 500;
        ImageDataset all = Outliers.after(DIGITS, count, 1);

        Set<Integer> different = new HashSet<>();
        int blank = 0;
        for (int row = 20; row < 20 + count; row++) {
            different.add(Arrays.hashCode(all.image(row)));
            int lit = 0;
            for (int i = 0; i < SIZE; i++) {
                lit += all.pixel(row, i) > 16 ? 1 : 0;
            }
            blank += lit < 5 ? 1 : 0;
        }
        // Some textures are paper alone.
        assertThat(blank).isLessThan(count / 50);
        assertThat(different).hasSizeGreaterThan(count * 9 / 10);
    }

    @Test
    @DisplayName("A seed gives the same images on every JVM, another one others")
    void seeds() {
        ImageDataset all = Outliers.after(DIGITS, 300, 1);
        CRC32 sum = new CRC32();
        sum.update(all.pixels());

        assertThat(sum.getValue()).isEqualTo(2057804083L);
        assertThat(Outliers.after(DIGITS, 300, 2).pixels()).isNotEqualTo(all.pixels());
    }

    @Test
    @DisplayName("Images of several channels are refused")
    void channels() {
        ImageDataset colour =
                new ImageDataset(Shape.of(3, 4, 4), new byte[48], new byte[1], 10, new Normalization(0, 1));

        assertThatThrownBy(() -> Outliers.after(colour, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Outliers: expected images of one channel, received [3, 4, 4]. Use grey images.");
    }

    /** Bars of different heights and classes. */
    private static ImageDataset bars(int rows) {
        byte[] pixels = new byte[rows * SIZE];
        byte[] labels = new byte[rows];
        IntStream.range(0, pixels.length).forEach(i -> {
            int row = i / SIZE;
            labels[row] = (byte) (row % 10);
            int x = i % SIDE;
            int y = i / SIDE % SIDE;
            pixels[i] = (byte) (x > 11 && x < 16 && y > 4 && y < 8 + row % 17 ? 255 : 0);
        });
        return new ImageDataset(Shape.of(1, SIDE, SIDE), pixels, labels, 10, new Normalization(0.1307, 0.3081));
    }
}
