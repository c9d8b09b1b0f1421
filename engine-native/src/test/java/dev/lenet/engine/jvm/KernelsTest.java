package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.tck.oracle.Tolerance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scalar kernels, and those this JVM prefers, against plain loops in double precision. The build runs this class once
 * for each width of registers.
 */
@EachWidth
class KernelsTest {
    /** Around the number of terms and of rows that one pass takes, and around the lanes of vector instructions. */
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 80, 128, 160, 255};

    static List<Kernels> kernels() {
        return List.of(new ScalarKernels(), TestOptions.kernels());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void multiplyAddIsTheProductOfTheMatricesAddedToTheOutput(Kernels kernels) {
        for (int rows : new int[] {1, 2, 3, 4, 6, 7}) {
            for (int terms : SIZES) {
                for (int length : SIZES) {
                    float[][] coefficients = random(rows, terms, 1);
                    float[][] in = random(terms, length, 2);
                    float[][] out = random(rows, length, 3);
                    float[][] before = copy(out);
                    kernels.multiplyAdd(out, coefficients, in);
                    for (int r = 0; r < rows; r++) {
                        for (int j = 0; j < length; j += 1 + length / 40) {
                            double expected = before[r][j];
                            double magnitude = Math.abs(expected);
                            for (int t = 0; t < terms; t++) {
                                double product = (double) coefficients[r][t] * in[t][j];
                                expected += product;
                                magnitude += Math.abs(product);
                            }
                            double bound = Tolerance.dot(terms + 1).of(magnitude);
                            if (Math.abs(out[r][j] - expected) > bound) {
                                assertThat((double) out[r][j])
                                        .as(
                                                "%d rows, %d terms, length %d: row %d, column %d",
                                                rows, terms, length, r, j)
                                        .isCloseTo(expected, within(bound));
                            }
                        }
                    }
                }
            }
        }
    }

    /** Kernel sizes and channels that fill registers, or do not; the image has two rows and columns more than a patch. */
    @ParameterizedTest
    @MethodSource("kernels")
    void patchesAreAddedAndSpreadWhereTheyLie(Kernels kernels) {
        for (int size : new int[] {1, 2, 3, 5, 7}) {
            for (int channels : new int[] {1, 3, 6, 16, 17}) {
                for (int count : new int[] {0, 1, 3, 4, 5, 9}) {
                    checkPatches(kernels, size, channels, count);
                }
            }
        }
    }

    private static void checkPatches(Kernels kernels, int size, int channels, int count) {
        int side = size + 2;
        Patches patches = new Patches(size, channels, side * channels);
        float[] image = random(1, side * side * channels + Kernels.WIDEST, 1)[0];
        float[] values = random(1, count + 1, 2)[0];
        int[] places = new int[count + 1];
        for (int e = 0; e < count; e++) {
            places[e] = (e % 3) * side * channels + (e * 2 % 3) * channels;
        }
        float[] scratch = new float[patches.size()];
        float[] sum = new float[patches.size()];
        float[] patch = new float[patches.size()];
        float[] noise = random(1, patches.size(), 3)[0];
        double[] expectedImage = new double[image.length];
        double[] magnitudes = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            expectedImage[i] = image[i];
            magnitudes[i] = Math.abs(image[i]);
        }
        String what = size + "x" + size + "x" + channels + ", " + count + " places";
        kernels.addPatches(sum, values, places, count, image, patches);
        for (int u = 0; u < size; u++) {
            for (int k = 0; k < patches.length(); k++) {
                int i = u * patches.stride() + k;
                patch[i] = noise[i];
                double expected = 0;
                double magnitude = 0;
                for (int e = 0; e < count; e++) {
                    int at = places[e] + u * patches.rowLength() + k;
                    double product = (double) values[e] * image[at];
                    expected += product;
                    magnitude += Math.abs(product);
                    double spread = (double) values[e] * patch[i];
                    expectedImage[at] += spread;
                    magnitudes[at] += Math.abs(spread);
                }
                assertThat((double) sum[i])
                        .as("sum of %s, run %d, value %d", what, u, k)
                        .isCloseTo(expected, within(Tolerance.dot(count + 1).of(magnitude)));
            }
        }
        kernels.spreadPatch(image, places, values, count, patch, patches, scratch);
        int terms = count * patches.size() + 1;
        for (int i = 0; i < image.length; i++) {
            assertThat((double) image[i])
                    .as("image of %s, value %d", what, i)
                    .isCloseTo(expectedImage[i], within(Tolerance.dot(terms).of(magnitudes[i])));
        }
    }

    /** Squares of floats are exact in double precision; adding them in another order is off by a rounding each at most. */
    @ParameterizedTest
    @MethodSource("kernels")
    void squaresAreAddedInDoublePrecision(Kernels kernels) {
        for (int length : SIZES) {
            float[] x = random(1, length, 4)[0];
            double expected = 0;
            for (float value : x) {
                expected += (double) value * value;
            }
            assertThat(kernels.sumOfSquares(x))
                    .as("%d values", length)
                    .isCloseTo(expected, within(2 * length * 0x1p-53 * expected));
        }
        assertThat(kernels.sumOfSquares(new float[] {1e30f, 1e30f, 1e-30f, 0}))
                .as("neither overflows nor vanishes")
                .isEqualTo(2 * ((double) 1e30f * 1e30f));
        assertThat(kernels.sumOfSquares(new float[] {1, Float.NaN})).isNaN();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void scalingAndAveragingGoThroughAllValues(Kernels kernels) {
        for (int length : SIZES) {
            float[] x = random(1, length, 5)[0];
            float[] scaled = x.clone();
            float[] average = random(1, length, 6)[0];
            float[] before = average.clone();
            kernels.scale(scaled, 0.3f);
            kernels.average(average, x, 0.1f);
            for (int j = 0; j < length; j++) {
                assertThat(scaled[j]).isEqualTo(0.3f * x[j]);
                assertThat(average[j]).isEqualTo(before[j] + 0.1f * (x[j] - before[j]));
            }
        }
    }

    private static float[][] random(int rows, int columns, int stream) {
        RandomStream random = RandomStream.of(7, "kernels/" + stream);
        float[][] matrix = new float[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                matrix[r][j] = 2 * random.uniform((long) r * columns + j) - 1;
            }
        }
        return matrix;
    }

    private static float[][] copy(float[][] matrix) {
        float[][] copy = new float[matrix.length][];
        for (int r = 0; r < matrix.length; r++) {
            copy[r] = matrix[r].clone();
        }
        return copy;
    }
}
