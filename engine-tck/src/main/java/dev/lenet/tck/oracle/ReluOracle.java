package dev.lenet.tck.oracle;

/**
 * {@code y = max(x, 0)}; its gradient is that of y where x is above 0, and 0 elsewhere.
 *
 * <p>Where an error could carry x over zero, the gradient may pass or not, which makes it its own error.
 */
final class ReluOracle implements LayerOracle {

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = x.value(i);
            y.set(i, Math.max(value, 0), value > 0 ? x.error(i) : Math.max(value + x.error(i), 0));
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation dX = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = x.value(i);
            double error = x.error(i);
            boolean doubtful = value > 0 ? value - error <= 0 : value + error > 0;
            double doubt = doubtful ? Math.abs(dY.value(i)) : 0;
            boolean passes = value > 0;
            dX.set(i, passes ? dY.value(i) : 0, doubt + (passes || doubtful ? dY.error(i) : 0));
        }
        return dX;
    }
}
