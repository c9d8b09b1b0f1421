package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Corruptions of test images")
class CorruptionTest {
    private static final int SIDE = 28;
    private static final int SIZE = SIDE * SIDE;
    private static final int ROWS = 200;
    private static final ImageDataset RINGS = rings();

    @ParameterizedTest
    @EnumSource
    @DisplayName("Each changes every image by its seed, and keeps labels and normalisation")
    void changesImages(Corruption kind) {
        ImageDataset corrupted = kind.corrupt(RINGS, 1);

        assertThat(corrupted.size()).isEqualTo(ROWS);
        assertThat(corrupted.normalization()).isEqualTo(RINGS.normalization());
        for (int row = 0; row < ROWS; row++) {
            assertThat(corrupted.image(row)).isNotEqualTo(RINGS.image(row));
            assertThat(corrupted.label(row)).isEqualTo(RINGS.label(row));
        }
        assertThat(kind.corrupt(RINGS, 1).pixels()).isEqualTo(corrupted.pixels());
    }

    @Test
    @DisplayName("Bright paper lies half way to the ink, which stays")
    void brightness() {
        ImageDataset bright = Corruption.BRIGHTNESS.corrupt(RINGS, 1);

        assertThat(values(bright).min().orElseThrow()).isEqualTo(128);
        assertThat(values(bright).max().orElseThrow()).isEqualTo(255);
    }

    @Test
    @DisplayName("Salt and pepper change 17 % of the pixels, half of them to white")
    void saltAndPepper() {
        ImageDataset paper = new ImageDataset(
                Shape.of(1, SIDE, SIDE), new byte[ROWS * SIZE], new byte[ROWS], 10, new Normalization(0, 1));

        ImageDataset salted = Corruption.SALT_AND_PEPPER.corrupt(paper, 1);

        assertThat(values(salted).filter(value -> value == 255).count() / (double) (ROWS * SIZE))
                .isCloseTo(0.085, within(0.005));
    }

    @Test
    @DisplayName("Shot noise keeps the mean of a half-bright area")
    void shotNoise() {
        byte[] grey = new byte[ROWS * SIZE];
        Arrays.fill(grey, (byte) 64);
        ImageDataset area =
                new ImageDataset(Shape.of(1, SIDE, SIDE), grey, new byte[ROWS], 10, new Normalization(0, 1));

        double mean = values(Corruption.SHOT_NOISE.corrupt(area, 1)).average().orElseThrow();

        assertThat(mean).isCloseTo(64, within(1.5));
    }

    @Test
    @DisplayName("Moved digits keep their ink; only their place, size or slant changes")
    void geometry() {
        double ink = values(RINGS).sum();
        for (Corruption kind : new Corruption[] {Corruption.SLANT, Corruption.ROTATION, Corruption.TRANSLATION}) {
            assertThat(values(kind.corrupt(RINGS, 1)).sum() / ink)
                    .as("%s", kind)
                    .isCloseTo(1, within(0.02));
        }
        assertThat(values(Corruption.SHRINKING.corrupt(RINGS, 1)).sum() / ink).isCloseTo(0.49, within(0.02));
    }

    @Test
    @DisplayName("Inverted margins leave the middle, and twice is not at all")
    void invertedMargins() {
        ImageDataset once = Corruption.INVERTED_MARGINS.corrupt(RINGS, 1);
        ImageDataset twice = Corruption.INVERTED_MARGINS.corrupt(once, 1);

        assertThat(once.pixel(0, 0)).isEqualTo(255);
        assertThat(once.pixel(0, SIDE / 2)).isZero();
        assertThat(twice.pixels()).isEqualTo(RINGS.pixels());
    }

    @Test
    @DisplayName("Outlines of a ring are two circles one pixel wide")
    void outlines() {
        ImageDataset outlines = Corruption.OUTLINES.corrupt(RINGS, 1);

        assertThat(values(outlines).filter(value -> value != 0 && value != 255).count())
                .isZero();
        // Along the horizontal line through the centre (14, 13) of the ring of radius 8.
        int[] crossings = IntStream.range(0, SIDE)
                .filter(x -> outlines.pixel(3, 13 * SIDE + x) == 255)
                .toArray();
        assertThat(crossings).hasSize(4);
        assertThat((crossings[0] + crossings[3]) / 2.0).isCloseTo(14, within(0.5));
        assertThat((crossings[0] + crossings[1]) / 2.0).isCloseTo(14 - 8, within(0.5));
    }

    @Test
    @DisplayName("All channels of an image get the same")
    void channels() {
        byte[] pixels = new byte[3 * 784];
        for (int channel = 0; channel < 3; channel++) {
            System.arraycopy(RINGS.image(0), 0, pixels, channel * 784, 784);
        }
        ImageDataset colour = new ImageDataset(Shape.of(3, 28, 28), pixels, new byte[1], 10, new Normalization(0, 1));

        for (Corruption kind : Corruption.values()) {
            byte[] grey = kind.corrupt(RINGS, 1).image(0);
            byte[] coloured = kind.corrupt(colour, 1).image(0);
            for (int i = 0; i < coloured.length; i++) {
                assertThat(coloured[i]).as("%s, %d", kind, i).isEqualTo(grey[i % 784]);
            }
        }
    }

    @Test
    @DisplayName("A seed gives the same images on every JVM")
    void sameBitsEverywhere() {
        CRC32 sum = new CRC32();
        for (Corruption kind : Corruption.values()) {
            sum.update(kind.corrupt(RINGS, 1).pixels());
        }
        assertThat(sum.getValue()).isEqualTo(2159237443L);
    }

    private static IntStream values(ImageDataset images) {
        return IntStream.range(0, images.size() * SIZE).map(i -> images.pixel(i / SIZE, i % SIZE));
    }

    /** Soft rings of four sizes around (14, 13), drawn as by a pen three pixels wide. */
    private static ImageDataset rings() {
        byte[] pixels = new byte[ROWS * SIZE];
        byte[] labels = new byte[ROWS];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIZE;
            labels[row] = (byte) (row % 10);
            int y = i / SIDE % SIDE;
            int x = i % SIDE;
            double distance = Math.abs(Math.sqrt((y - 13) * (y - 13) + (x - 14) * (x - 14)) - 5 - row % 4);
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, 2 - distance)));
        }
        return new ImageDataset(Shape.of(1, SIDE, SIDE), pixels, labels, 10, new Normalization(0.1307, 0.3081));
    }
}
