package dev.lenet.api.network;

/**
 * The Gaussian error linear unit: {@code y = x * p} with p the probability that a standard normal number is below x, {@code p = erfc(-x
 * / sqrt(2)) / 2}; and gradient {@code p + x * exp(-x * x / 2) / sqrt(2 pi)}. It falls to -0.170 at -0.752, and then rises. This is the
 * function itself, and not its approximation by a hyperbolic tangent.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", 2016.
 */
public record Gelu() implements SmoothUnit {
    private static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;
    private static final double SQRT_PI = 1.772453850905516;

    /** From here on the continued fraction is short; below, the series. */
    private static final double FAR = 3;

    /** Of either, which is enough for all digits of a double on its side of {@link #FAR}. */
    private static final int TERMS = 60;

    @Override
    public double value(double x) {
        return x * probability(x);
    }

    @Override
    public double slope(double x) {
        return probability(x) + x * StrictMath.exp(-x * x / 2) * SQRT_HALF / SQRT_PI;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /** That a standard normal number is below x. */
    private static double probability(double x) {
        double z = Math.abs(x) * SQRT_HALF;
        double tail = (z < FAR ? 1 - erf(z) : erfc(z)) / 2;
        return x < 0 ? tail : 1 - tail;
    }

    /** {@code erf(z) = 2 / sqrt(pi) * exp(-z * z) * sum of 2^n z^(2n + 1) / (2n + 1)!!}, whose terms are all positive. */
    private static double erf(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; n <= TERMS; n++) {
            term *= 2 * z * z / (2 * n + 1);
            sum += term;
        }
        return 2 / SQRT_PI * StrictMath.exp(-z * z) * sum;
    }

    /** {@code erfc(z) = exp(-z * z) / sqrt(pi) / (z + (1/2) / (z + (2/2) / (z + (3/2) / ...)))}. */
    private static double erfc(double z) {
        double fraction = z;
        for (int n = TERMS; n > 0; n--) {
            fraction = z + (n / 2.0) / fraction;
        }
        return StrictMath.exp(-z * z) / SQRT_PI / fraction;
    }
}
