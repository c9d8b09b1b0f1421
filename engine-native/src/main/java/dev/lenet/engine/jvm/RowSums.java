package dev.lenet.engine.jvm;

/**
 * Sums over a row in double precision, in four that are added up at the end: one alone would wait for each addition before the next,
 * four cycles of the processor.
 */
final class RowSums {
    private RowSums() {}

    /** {@code sum of x} */
    static double of(float[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j < x.length - 3; j += 4) {
            a += x[j];
            b += x[j + 1];
            c += x[j + 2];
            d += x[j + 3];
        }
        for (; j < x.length; j++) {
            a += x[j];
        }
        return (a + b) + (c + d);
    }

    /** {@code sum of (x - centre) * (x - centre)} */
    static double ofSquares(float[] x, double centre) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j < x.length - 3; j += 4) {
            a += (x[j] - centre) * (x[j] - centre);
            b += (x[j + 1] - centre) * (x[j + 1] - centre);
            c += (x[j + 2] - centre) * (x[j + 2] - centre);
            d += (x[j + 3] - centre) * (x[j + 3] - centre);
        }
        for (; j < x.length; j++) {
            a += (x[j] - centre) * (x[j] - centre);
        }
        return (a + b) + (c + d);
    }

    /** {@code sum of y * (x - centre)} */
    static double ofProducts(float[] y, float[] x, double centre) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j < x.length - 3; j += 4) {
            a += y[j] * (x[j] - centre);
            b += y[j + 1] * (x[j + 1] - centre);
            c += y[j + 2] * (x[j + 2] - centre);
            d += y[j + 3] * (x[j + 3] - centre);
        }
        for (; j < x.length; j++) {
            a += y[j] * (x[j] - centre);
        }
        return (a + b) + (c + d);
    }
}
