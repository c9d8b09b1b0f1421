package dev.lenet.tck.oracle;

/**
 * {@code y = x} above 0 and {@code y = slope * x} elsewhere; the gradient is that of y, times the slope where x is not above 0.
 *
 * <p>Where an error could carry x over zero, the gradient may be multiplied or not.
 *
 * @param slope below 1
 */
record LeakyReluOracle(double slope) implements LayerOracle {

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            // No side is steeper than 1.
            if (x.value(i) > 0) {
                y.set(i, x.value(i), x.error(i));
            } else {
                double value = slope * x.value(i);
                y.set(i, value, Math.max(scaledError(x, i), x.value(i) + x.error(i) - value));
            }
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation dX = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = x.value(i);
            double error = x.error(i);
            boolean passes = value > 0;
            boolean doubtful = passes ? value - error <= 0 : value + error > 0;
            double doubt = doubtful ? (1 - slope) * Math.abs(dY.value(i)) + dY.error(i) : 0;
            double own = passes ? dY.error(i) : scaledError(dY, i);
            dX.set(
                    i,
                    passes ? dY.value(i) : slope * dY.value(i),
                    doubt + Math.max(own, doubtful ? scaledError(dY, i) : 0));
        }
        return dX;
    }

    /** Of the slope times x. */
    private double scaledError(Approximation x, int i) {
        DotProduct product = new DotProduct();
        product.add(slope, 0, x.value(i), x.error(i));
        return product.error();
    }
}
