package dev.lenet.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlidingMaximumTest {
    private static final long SEED = 3;

    @ParameterizedTest(name = "{0} x {1}, radius {2}")
    @CsvSource({
        "1, 1, 1",
        "1, 9, 4",
        "9, 1, 20",
        "7, 5, 1",
        "7, 5, 3",
        "31, 17, 2",
        "31, 17, 8",
        "31, 17, 16",
        "12, 40, 0"
    })
    void isTheLargestValueOfEachWindow(int width, int height, int radius) {
        Random random = new Random(SEED);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? random.nextFloat() : 0;
        }
        GreyImage image = new GreyImage(width, height, values);

        GreyImage result = SlidingMaximum.of(image, radius);

        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(result.at(x, y)).as("(%d, %d)", x, y).isEqualTo(largest(image, x, y, radius));
            }
        }
    }

    private static float largest(GreyImage image, int x, int y, int radius) {
        float most = 0;
        for (int v = Math.max(0, y - radius); v <= Math.min(image.height() - 1, y + radius); v++) {
            for (int u = Math.max(0, x - radius); u <= Math.min(image.width() - 1, x + radius); u++) {
                most = Math.max(most, image.at(u, v));
            }
        }
        return most;
    }
}
