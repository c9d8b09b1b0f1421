package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ElasticFieldTest {
    private static final int H = 24;
    private static final int W = 31;
    private static final double SPACING = Math.sqrt(3) * 4;

    @Test
    void displacementsStayBelowTheAmplitude() {
        for (int seed = 0; seed < 300; seed++) {
            for (float[] row : field(3, 4, seed)) {
                for (float displacement : row) {
                    assertThat(Math.abs(displacement)).as("seed %d", seed).isLessThanOrEqualTo(3 * (1 + 0x1p-20f));
                }
            }
        }
    }

    @Test
    void neighboursGoAstrayTogether() {
        double most = 2 * 3 / SPACING + 0x1p-20;
        for (int seed = 0; seed < 300; seed++) {
            float[][] field = field(3, 4, seed);
            for (int y = 0; y < 2 * H; y++) {
                for (int x = 0; x < W; x++) {
                    if (x > 0) {
                        assertThat((double) Math.abs(field[y][x] - field[y][x - 1]))
                                .as("seed %d, row %d", seed, y)
                                .isLessThanOrEqualTo(most);
                    }
                    if (y % H > 0) {
                        assertThat((double) Math.abs(field[y][x] - field[y - 1][x]))
                                .as("seed %d, row %d", seed, y)
                                .isLessThanOrEqualTo(most);
                    }
                }
            }
        }
    }

    @Test
    void isTheSplineOfItsDraws() {
        RandomStream stream = RandomStream.of(9, "field");
        float[][] field = field(3, 4, 9);
        int across = (int) ((W - 1) / SPACING) + 4;
        int down = (int) ((H - 1) / SPACING) + 4;
        for (int y = 0; y < 2 * H; y++) {
            for (int x = 0; x < W; x++) {
                double sum = 0;
                for (int j = 0; j < down; j++) {
                    for (int i = 0; i < across; i++) {
                        int index = Distortion.DRAWS + (y / H * down + j) * across + i;
                        double weight = cubic(x / SPACING - (i - 1)) * cubic(y % H / SPACING - (j - 1));
                        sum += weight * 3 * (2 * stream.uniform(index) - 1);
                    }
                }
                // Weights, products and sums of two passes of four terms: gamma_12 of the amplitude.
                assertThat((double) field[y][x])
                        .as("row %d, column %d", y, x)
                        .isCloseTo(sum, within(3 * 12.001 * 0x1p-24));
            }
        }
    }

    @Test
    void aboutHalfOfThePixelsMoveByLessThanAFifth() {
        int less = 0;
        double squares = 0;
        int count = 0;
        for (int seed = 0; seed < 500; seed++) {
            for (float[] row : field(1, 4, seed)) {
                for (float displacement : row) {
                    less += Math.abs(displacement) < 0.2 ? 1 : 0;
                    squares += displacement * displacement;
                    count++;
                }
            }
        }
        assertThat((double) less / count).isBetween(0.48, 0.52);
        // A uniform number's deviation is 1 / sqrt(3), the root of the sum of the squared weights 0.46 to 0.5.
        assertThat(Math.sqrt(squares / count)).isBetween(0.46 / Math.sqrt(3), 0.5 / Math.sqrt(3));
    }

    @Test
    void theTwoDirectionsAreIndependent() {
        double product = 0;
        for (int seed = 0; seed < 500; seed++) {
            float[][] field = field(1, 4, seed);
            product += field[10][15] * field[H + 10][15];
        }
        // The mean of 500 products of deviation 0.08: five deviations of the mean.
        assertThat(product / 500).isBetween(-0.018, 0.018);
    }

    /** The cubic B-spline by its definition. */
    private static double cubic(double t) {
        double distance = Math.abs(t);
        if (distance < 1) {
            return (4 - 6 * distance * distance + 3 * distance * distance * distance) / 6;
        }
        return distance < 2 ? (2 - distance) * (2 - distance) * (2 - distance) / 6 : 0;
    }

    /** The displacements to the right, row by row, and behind them those downwards. */
    private static float[][] field(double amplitude, double sigma, long seed) {
        ElasticField elastic = new ElasticField(H, W, amplitude, sigma);
        elastic.draw(RandomStream.of(seed, "field"));
        float[][] field = new float[2 * H][W];
        for (int y = 0; y < H; y++) {
            Arrays.fill(field[y], Float.NaN);
            Arrays.fill(field[H + y], Float.NaN);
            elastic.row(y, field[y], field[H + y]);
        }
        return field;
    }
}
