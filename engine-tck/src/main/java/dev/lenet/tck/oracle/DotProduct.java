package dev.lenet.tck.oracle;

/**
 * A sum of products in double precision that knows how far the same sum in float32 may be from it, whatever its order.
 *
 * <pre>
 * error = gamma_k * (sum |a b| + carried) + carried,   carried = sum of |a| db + |b| da + da db
 * </pre>
 *
 * for k products that are not zero, da and db being the errors that the factors have already.
 *
 * <p>Some sums round nothing. If all products are multiples of one power of two, and their magnitudes add up to no more
 * than 2^24 times it, every partial sum in every order is a float32 number, and the error is 0: sums of small integers,
 * of one product with a power of two, of zeros. And where a partial sum may be too large for float32, the error is
 * infinite: an engine may overflow, or not.
 */
final class DotProduct {
    /** The significant bits of float32. */
    private static final int PRECISION = 24;

    /** The stored bits of a double's significand. */
    private static final int DOUBLE_BITS = 52;

    private int terms;
    private double sum;
    private double magnitude;
    private double carried;
    private boolean representable = true;

    /** The exponent of the largest power of two that all products so far are multiples of. */
    private int grain = Float.MAX_EXPONENT;

    static DotProduct[] array(int size) {
        DotProduct[] sums = new DotProduct[size];
        for (int i = 0; i < size; i++) {
            sums[i] = new DotProduct();
        }
        return sums;
    }

    /** Adds a number that is no product. */
    void add(double value, double error) {
        add(value, error, 1, 0);
    }

    /** Adds {@code a * b}. */
    void add(double a, double aError, double b, double bError) {
        double product = a * b;
        double error = Math.abs(a) * bError + Math.abs(b) * aError + aError * bError;
        if (product == 0 && error == 0) {
            return;
        }
        terms++;
        sum += product;
        magnitude += Math.abs(product);
        carried += error;
        if (representable) {
            grain = Math.min(grain, grainOf(product));
            representable = grain >= Float.MIN_EXPONENT && magnitude <= Math.scalb(1.0, grain + PRECISION);
        }
    }

    /**
     * Adds {@code count} products {@code a[i] * b[j]}.
     *
     * @param i of the first, {@code iStep} further on with each product; {@code j} likewise
     */
    void add(Approximation a, int i, int iStep, Approximation b, int j, int jStep, int count) {
        int done = 0;
        for (; done < count && representable; done++) {
            int ai = i + done * iStep;
            int bj = j + done * jStep;
            add(a.value(ai), a.error(ai), b.value(bj), b.error(bj));
        }
        addRest(a, i + done * iStep, iStep, b, j + done * jStep, jStep, count - done);
    }

    /** The same of a sum that is known to round, which is most of the work of an oracle: in variables of its own. */
    private void addRest(Approximation a, int i, int iStep, Approximation b, int j, int jStep, int count) {
        double[] aValues = a.values();
        double[] aErrors = a.errors();
        double[] bValues = b.values();
        double[] bErrors = b.errors();
        double newSum = sum;
        double newMagnitude = magnitude;
        double newCarried = carried;
        int newTerms = terms;
        for (int k = 0; k < count; k++) {
            int ai = i + k * iStep;
            int bj = j + k * jStep;
            double product = aValues[ai] * bValues[bj];
            double error = Math.abs(aValues[ai]) * bErrors[bj]
                    + Math.abs(bValues[bj]) * aErrors[ai]
                    + aErrors[ai] * bErrors[bj];
            newTerms += product == 0 && error == 0 ? 0 : 1;
            newSum += product;
            newMagnitude += Math.abs(product);
            newCarried += error;
        }
        sum = newSum;
        magnitude = newMagnitude;
        carried = newCarried;
        terms = newTerms;
    }

    private static int grainOf(double product) {
        if (product == 0) {
            return Float.MAX_EXPONENT;
        }
        long stored = Double.doubleToRawLongBits(product) & ((1L << DOUBLE_BITS) - 1);
        long significand = stored | (1L << DOUBLE_BITS);
        return Math.getExponent(product) - DOUBLE_BITS + Long.numberOfTrailingZeros(significand);
    }

    double value() {
        return sum;
    }

    double error() {
        boolean exact = representable && carried == 0;
        double error = exact ? 0 : Tolerance.dot(terms).of(magnitude + carried) + carried;
        // Also where that is no number: an infinite error times one of 0.
        return magnitude + error <= Float.MAX_VALUE ? error : Double.POSITIVE_INFINITY;
    }
}
