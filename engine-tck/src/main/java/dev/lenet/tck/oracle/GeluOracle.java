package dev.lenet.tck.oracle;

import dev.lenet.api.network.Gelu;

/**
 * {@code y = x * p} and {@code dX = dY * (p + x * d)}, with {@code p = (1 + erf(x / sqrt(2))) / 2} and {@code d} the density of the
 * normal distribution. The formula is that of {@link Gelu}, which its own test compares with sums of the density.
 *
 * <p>An engine may take {@code 1 + erf} as it stands: far below zero it cancels, so that the bound is a share of x and not of y.
 */
final class GeluOracle implements LayerOracle {
    private static final Gelu UNIT = new Gelu();

    /** Where y is smallest, and by how much the slope changes with x at most, which is at 0. */
    private static final double LOWEST = -0.7517915246935645;

    private static final double CURVATURE = 0.8;

    /** The largest x times the density, and x to the third times it. */
    private static final double STEEPEST = 0.25;

    private static final double STEEPEST_CUBE = 0.5;

    /** How far p may be off: erf, of an argument that was rounded, and the sum. */
    private static double probabilityError() {
        return (Tolerance.function().of(1)
                        + Tolerance.roundings(2).of(1)
                        + Tolerance.roundings(1).of(2))
                / 2;
    }

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = UNIT.value(x.value(i));
            double high = x.value(i) + x.error(i);
            double low = x.value(i) - x.error(i);
            double carried = Math.max(Math.abs(UNIT.value(high) - value), Math.abs(UNIT.value(low) - value));
            if (low < LOWEST && LOWEST < high) {
                carried = Math.max(carried, value - UNIT.value(LOWEST));
            }
            double own = Math.abs(x.value(i)) * probabilityError()
                    + Tolerance.roundings(2).of(Math.abs(value) + carried);
            y.set(i, value, carried + own);
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation dX = Approximation.zeros(x.size());
        // exp of a square that was rounded three times, times x and a constant; and the sum.
        double density = Tolerance.function().of(STEEPEST)
                + Tolerance.roundings(3).of(STEEPEST)
                + Tolerance.roundings(3).of(STEEPEST_CUBE);
        double own = probabilityError() + density + Tolerance.roundings(1).of(1 + STEEPEST);
        for (int i = 0; i < x.size(); i++) {
            DotProduct product = new DotProduct();
            product.add(dY.value(i), dY.error(i), UNIT.slope(x.value(i)), own + CURVATURE * x.error(i));
            dX.set(i, product.value(), product.error());
        }
        return dX;
    }
}
