package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;

/**
 * The displacement of each pixel of an image: two smooth random functions of its position, one for each direction.
 *
 * <p>Simard, Steinkraus and Platt draw a number for each pixel and smooth by a Gaussian. Here numbers are drawn at the
 * knots of a grid, and a cubic B-spline goes between them: the Gaussian's sibling with four terms and no tails. With knots
 * sqrt(3) sigma apart it has the standard deviation sigma (Unser, "Splines: a perfect fit for signal and image
 * processing", 1999). For sigma 4 and 28 x 28 pixels that are 2 x 49 draws instead of 2 x 784, and 4 products for a pixel
 * and direction instead of 25. Its weights are not negative and have the sum 1, so no pixel moves further than the
 * amplitude, and two neighbours do not part by more than 2 amplitude / (sqrt(3) sigma).
 *
 * <p>Memory for one image at a time.
 */
final class ElasticField {
    private static final int TERMS = 4;

    private final float amplitude;
    private final int width;
    /** For pixel p of an axis, the first of the four knots around it, and their weights {@code [p * 4 + term]}. */
    private final int[] knotsAcross;

    private final float[] weightsAcross;
    private final int[] knotsDown;
    private final float[] weightsDown;
    /** {@code [knot row][x]}: the spline evaluated across, for the displacement to the right, and downwards. */
    private final float[][] right;

    private final float[][] down;
    /** The draws of a row of knots. */
    private final float[] knots;

    ElasticField(int height, int width, double amplitude, double sigma) {
        double spacing = StrictMath.sqrt(3) * sigma;
        this.amplitude = (float) amplitude;
        this.width = width;
        this.knotsAcross = firstKnots(width, spacing);
        this.weightsAcross = weights(width, spacing);
        this.knotsDown = firstKnots(height, spacing);
        this.weightsDown = weights(height, spacing);
        int rows = knotsDown[height - 1] + TERMS;
        this.right = new float[rows][width];
        this.down = new float[rows][width];
        this.knots = new float[knotsAcross[width - 1] + TERMS];
    }

    private static int[] firstKnots(int size, double spacing) {
        int[] first = new int[size];
        for (int p = 0; p < size; p++) {
            first[p] = (int) (p / spacing);
        }
        return first;
    }

    private static float[] weights(int size, double spacing) {
        float[] weights = new float[size * TERMS];
        for (int p = 0; p < size; p++) {
            double t = p / spacing - (int) (p / spacing);
            double s = 1 - t;
            weights[p * TERMS] = (float) (s * s * s / 6);
            weights[p * TERMS + 1] = (float) (2 / 3.0 - t * t * (2 - t) / 2);
            weights[p * TERMS + 2] = (float) (2 / 3.0 - s * s * (2 - s) / 2);
            weights[p * TERMS + 3] = (float) (t * t * t / 6);
        }
        return weights;
    }

    /** Draws the field of an image. */
    void draw(RandomStream image) {
        long index = Distortion.DRAWS;
        for (float[] row : right) {
            index = drawRow(image, index, row);
        }
        for (float[] row : down) {
            index = drawRow(image, index, row);
        }
    }

    private long drawRow(RandomStream image, long index, float[] row) {
        for (int k = 0; k < knots.length; k++) {
            knots[k] = amplitude * Distortion.symmetric(image, index + k);
        }
        for (int x = 0; x < width; x++) {
            int k = knotsAcross[x];
            int w = x * TERMS;
            row[x] = weightsAcross[w] * knots[k]
                    + weightsAcross[w + 1] * knots[k + 1]
                    + weightsAcross[w + 2] * knots[k + 2]
                    + weightsAcross[w + 3] * knots[k + 3];
        }
        return index + knots.length;
    }

    /** Writes the displacements of row y to the right and downwards, in pixels. */
    void row(int y, float[] toTheRight, float[] downwards) {
        evaluateDown(right, y, toTheRight);
        evaluateDown(down, y, downwards);
    }

    private void evaluateDown(float[][] rows, int y, float[] target) {
        int k = knotsDown[y];
        int w = y * TERMS;
        float[] r0 = rows[k];
        float[] r1 = rows[k + 1];
        float[] r2 = rows[k + 2];
        float[] r3 = rows[k + 3];
        float w0 = weightsDown[w];
        float w1 = weightsDown[w + 1];
        float w2 = weightsDown[w + 2];
        float w3 = weightsDown[w + 3];
        for (int x = 0; x < width; x++) {
            target[x] = w0 * r0[x] + w1 * r1[x] + w2 * r2[x] + w3 * r3[x];
        }
    }
}
