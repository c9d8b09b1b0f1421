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
        return magnitude + error > Float.MAX_VALUE ? Double.POSITIVE_INFINITY : error;
    }
}
