package dev.lenet.tck.oracle;

/**
 * How far float32 arithmetic may be from the exact result: a part of the size of what was computed with, and next to
 * nothing on top for numbers too small to be normal.
 *
 * <p>Every bound of the contract is one of these, and none is a matter of taste. With the unit roundoff {@code u = 2^-24},
 * one operation on float32 numbers gives {@code (a op b)(1 + d)}, {@code |d| <= u}, and n of them in a row at most
 * {@code gamma_n = n u / (1 - n u)} (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., lemma 3.1).
 *
 * @param relative to the sum of the magnitudes of what is added up
 * @param absolute for results below {@link Float#MIN_NORMAL}, which an engine may flush to zero
 */
public record Tolerance(double relative, double absolute) {

    /** The unit roundoff of float32: half the distance of 1 to the next number. */
    public static final double UNIT_ROUNDOFF = 0x1p-24;

    /** Where there is nothing to round: max-pooling, rectifiers, flattening. */
    public static final Tolerance EXACT = new Tolerance(0, 0);

    /**
     * Of a sum of that many products, added in any order, with or without fused operations (Higham, section 3.1): a product
     * and the sums behind it are rounded that often at most. All products and all sums may be flushed.
     */
    public static Tolerance dot(int terms) {
        return new Tolerance(gamma(terms), 2.0 * terms * Float.MIN_NORMAL);
    }

    /** Of that many operations one after the other on the way to one number. */
    public static Tolerance roundings(int operations) {
        return new Tolerance(gamma(operations), operations * (double) Float.MIN_NORMAL);
    }

    private static double gamma(int n) {
        double nu = n * UNIT_ROUNDOFF;
        return nu / (1 - nu);
    }

    /** Of exp, log, tanh and the square root in a good library: two units in the last place, each up to 2u. */
    public static Tolerance function() {
        return roundings(4);
    }

    /** The largest difference, for numbers whose magnitudes add up to that. */
    public double of(double magnitude) {
        return relative * magnitude + absolute;
    }
}
