package dev.lenet.tck.oracle;

/**
 * {@code y = x * s} and {@code dX = dY * s * (1 + x * (1 - s))}, with {@code s = 1 / (1 + exp(-x))}.
 *
 * <p>Where exp overflows, or s is too small to be normal, an engine may take s for 0: that is off by all of y.
 */
final class SiluOracle implements LayerOracle {
    /** Where y is smallest, and by how much the slope changes with x at most, which is at 0. */
    private static final double LOWEST = -1.278464542761074;

    private static final double CURVATURE = 0.5;

    private static double silu(double x) {
        // exp(x) and not exp(-x) below 0: times infinity it would be NaN.
        return x < 0 ? Math.max(x, -Double.MAX_VALUE) * Math.exp(x) / (1 + Math.exp(x)) : x * SigmoidOracle.sigmoid(x);
    }

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = silu(x.value(i));
            double high = x.value(i) + x.error(i);
            double low = x.value(i) - x.error(i);
            double carried = Math.max(Math.abs(silu(high) - value), Math.abs(silu(low) - value));
            if (low < LOWEST && LOWEST < high) {
                carried = Math.max(carried, value - silu(LOWEST));
            }
            double size = Math.abs(value) + carried;
            double flushed = SigmoidOracle.sigmoid(low) < 2 * Float.MIN_NORMAL ? size : 0;
            double own = Tolerance.function().of(size) + Tolerance.roundings(3).of(size);
            y.set(i, value, carried + flushed + own);
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation dX = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = x.value(i);
            double s = SigmoidOracle.sigmoid(value);
            double sError = SigmoidOracle.error(value);
            DotProduct rest = new DotProduct();
            rest.add(1, 0);
            rest.add(-s, sError);
            DotProduct factor = new DotProduct();
            factor.add(1, 0);
            factor.add(value, 0, rest.value(), rest.error());
            DotProduct slope = new DotProduct();
            slope.add(s, sError, factor.value(), factor.error());
            DotProduct product = new DotProduct();
            product.add(dY.value(i), dY.error(i), slope.value(), slope.error() + CURVATURE * x.error(i));
            dX.set(i, product.value(), product.error());
        }
        return dX;
    }
}
