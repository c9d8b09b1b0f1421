package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.tck.oracle.Tolerance;
import org.junit.jupiter.api.Test;

class ScalarKernelsTest {
    /** Around the number of terms and of rows that one pass takes, and around the lanes of vector instructions. */
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 160};

    private final Kernels kernels = new ScalarKernels();

    @Test
    void multiplyAddIsTheProductOfTheMatricesAddedToTheOutput() {
        for (int terms : SIZES) {
            for (int length : SIZES) {
                int rows = 3;
                float[][] coefficients = random(rows, terms, 1);
                float[][] in = random(terms, length, 2);
                float[][] out = random(rows, length, 3);
                float[][] before = copy(out);
                kernels.multiplyAdd(out, coefficients, in);
                for (int r = 0; r < rows; r++) {
                    for (int j = 0; j < length; j++) {
                        double expected = before[r][j];
                        double magnitude = Math.abs(expected);
                        for (int t = 0; t < terms; t++) {
                            double product = (double) coefficients[r][t] * in[t][j];
                            expected += product;
                            magnitude += Math.abs(product);
                        }
                        assertThat((double) out[r][j])
                                .as("terms %d, length %d, row %d, column %d", terms, length, r, j)
                                .isCloseTo(
                                        expected,
                                        within(Tolerance.dot(terms + 1).of(magnitude)));
                    }
                }
            }
        }
    }

    @Test
    void multiplyTransposedAddSumsOverGroupsAndColumns() {
        for (int groups : new int[] {1, 2, 3, 10}) {
            for (int length : SIZES) {
                int rows = 2;
                int terms = 5;
                float[][][] a = new float[groups][][];
                float[][][] b = new float[groups][][];
                for (int g = 0; g < groups; g++) {
                    a[g] = random(rows, length, 4 + g);
                    b[g] = random(terms, length, 40 + g);
                }
                float[][] out = random(rows, terms, 5);
                float[][] before = copy(out);
                kernels.multiplyTransposedAdd(out, a, b, new float[length]);
                for (int r = 0; r < rows; r++) {
                    for (int t = 0; t < terms; t++) {
                        double expected = before[r][t];
                        double magnitude = Math.abs(expected);
                        for (int g = 0; g < groups; g++) {
                            for (int j = 0; j < length; j++) {
                                double product = (double) a[g][r][j] * b[g][t][j];
                                expected += product;
                                magnitude += Math.abs(product);
                            }
                        }
                        assertThat((double) out[r][t])
                                .as("groups %d, length %d, row %d, term %d", groups, length, r, t)
                                .isCloseTo(
                                        expected,
                                        within(Tolerance.dot(groups * length + 1)
                                                .of(magnitude)));
                    }
                }
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
