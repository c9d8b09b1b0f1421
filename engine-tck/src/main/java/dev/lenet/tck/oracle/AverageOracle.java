package dev.lenet.tck.oracle;

/**
 * <pre>
 * a = decay * a + (1 - decay) * w
 * </pre>
 *
 * <p>The two constants are computed in double precision and rounded once; two products and a sum follow. An engine may also
 * move the one value towards the other, {@code a + (1 - decay) * (w - a)} or {@code w - decay * (w - a)}: what it multiplies
 * then is the smaller share of both.
 */
public final class AverageOracle {
    /** A constant, a difference, a product and a sum. */
    private static final int OPERATIONS = 4;

    private AverageOracle() {}

    /**
     * @param average before
     * @param weights after the update
     */
    public static Approximation of(double decay, float[] average, float[] weights) {
        Approximation after = Approximation.zeros(average.length);
        for (int i = 0; i < average.length; i++) {
            double kept = decay * average[i];
            double added = (1 - decay) * weights[i];
            double moved = Math.min(decay, 1 - decay) * (Math.abs((double) average[i]) + Math.abs((double) weights[i]));
            after.set(i, kept + added, Tolerance.roundings(OPERATIONS).of(Math.abs(kept) + Math.abs(added) + moved));
        }
        return after;
    }
}
