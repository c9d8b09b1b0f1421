package dev.lenet.engine.jvm;

/**
 * How far float32 arithmetic may be from the exact result: {@code gamma_k = k * u / (1 - k * u)} times the sum of
 * magnitudes bounds a sum of k products in any order, with or without fused operations (Higham, "Accuracy and Stability
 * of Numerical Algorithms", 2nd ed., section 3.1).
 */
final class RoundingBound {
    /** The unit roundoff of float32. */
    static final double U = 0x1p-24;

    private RoundingBound() {}

    /** Of a sum of k terms whose magnitudes add up to {@code magnitude}. */
    static double ofSum(int k, double magnitude) {
        return k * U / (1 - k * U) * magnitude;
    }
}
