package dev.lenet.api.inference;

import dev.lenet.api.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The few directions in which the features of a model's training images lie.
 *
 * <p>Only the direction of an image's features counts, not their length: how thick and how dark its strokes are.
 *
 * @param width values of an image's features
 * @param scale of a step of {@code directions}
 * @param directions orthogonal unit vectors, one after the other, as signed bytes times {@code scale}: a quarter of the
 *     space of floats, and as good. Not copied
 */
record Subspace(int width, double scale, byte[] directions) {
    /** With 20 more is taken for a digit that is none, with 60 little less. */
    private static final int MOST_DIRECTIONS = 40;

    /** Of the orthogonal iteration. The last directions have not settled by then, and need not have. */
    private static final int ITERATIONS = 30;

    /** Into which the work is cut, for any number of threads. */
    private static final int TASKS = 8;

    /** Nothing lies nearer: below is rounding. */
    private static final double LEAST_RESIDUAL = 1e-6;

    /** The share of the squared length of the features that lies in no direction of the subspace. */
    double residual(float[] features) {
        double all = 0;
        for (float feature : features) {
            all += (double) feature * feature;
        }
        double held = 0;
        for (int from = 0; from < directions.length; from += width) {
            double product = 0;
            for (int i = 0; i < width; i++) {
                product += directions[from + i] * features[i];
            }
            held += product * scale * (product * scale);
        }
        return all == 0 ? 1 : Math.max(LEAST_RESIDUAL, 1 - held / all);
    }

    /**
     * The principal directions: the eigenvectors of the largest eigenvalues of {@code sum z z^T} for unit vectors z.
     *
     * @param features {@code [images][width]}
     */
    static Subspace of(float[][] features) {
        int width = features[0].length;
        double[][] scatter = scatter(features, width);
        double[][] basis = new double[Math.min(MOST_DIRECTIONS, (width + 1) / 2)][width];
        RandomStream random = RandomStream.of(0, "subspace");
        for (int k = 0; k < basis.length; k++) {
            for (int i = 0; i < width; i++) {
                basis[k][i] = random.uniform((long) k * width + i) - 0.5;
            }
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            Arrays.parallelSetAll(basis, k -> product(scatter, basis[k]));
            makeOrthonormal(basis);
        }
        return quantized(basis, width);
    }

    private static double[][] scatter(float[][] features, int width) {
        double[] lengths = new double[features.length];
        Arrays.parallelSetAll(lengths, image -> length(features[image]));
        double[][] scatter = new double[width][width];
        // By rows: each element is the same sum in the same order, whichever thread adds it up.
        IntStream.range(0, TASKS).parallel().forEach(task -> addUp(scatter, task, features, lengths));
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                scatter[i][j] = scatter[j][i];
            }
        }
        return scatter;
    }

    private static double length(float[] image) {
        double squares = 0;
        for (float feature : image) {
            squares += (double) feature * feature;
        }
        return Math.sqrt(squares);
    }

    /** Every {@link #TASKS}th row, from the diagonal on. */
    private static void addUp(double[][] scatter, int task, float[][] features, double[] lengths) {
        int width = scatter.length;
        double[] unit = new double[width];
        for (int image = 0; image < features.length; image++) {
            if (lengths[image] == 0) {
                continue;
            }
            for (int i = 0; i < width; i++) {
                unit[i] = features[image][i] / lengths[image];
            }
            for (int i = task; i < width; i += TASKS) {
                // Behind a rectifier many are.
                if (unit[i] != 0) {
                    addRow(scatter[i], i, unit);
                }
            }
        }
    }

    private static void addRow(double[] row, int i, double[] unit) {
        double factor = unit[i];
        for (int j = i; j < row.length; j++) {
            row[j] += factor * unit[j];
        }
    }

    private static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            // The matrix is symmetric, and a sum of rows is quicker than products with them.
            for (int j = 0; j < vector.length; j++) {
                product[j] += vector[i] * matrix[i][j];
            }
        }
        return product;
    }

    /** Gram and Schmidt's way; what depends on those before it becomes 0. */
    private static void makeOrthonormal(double[][] basis) {
        for (int k = 0; k < basis.length; k++) {
            double[] vector = basis[k];
            double before = Math.sqrt(dot(vector, vector));
            for (int other = 0; other < k; other++) {
                double product = dot(vector, basis[other]);
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= product * basis[other][i];
                }
            }
            double length = Math.sqrt(dot(vector, vector));
            for (int i = 0; i < vector.length; i++) {
                vector[i] = length <= 1e-9 * before ? 0 : vector[i] / length;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static Subspace quantized(double[][] basis, int width) {
        double most = 0;
        for (double[] vector : basis) {
            for (double value : vector) {
                most = Math.max(most, Math.abs(value));
            }
        }
        double scale = most / Byte.MAX_VALUE;
        byte[] directions = new byte[basis.length * width];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = scale == 0 ? 0 : (byte) Math.round(basis[i / width][i % width] / scale);
        }
        return new Subspace(width, scale, directions);
    }
}
