package dev.lenet.tck.oracle;

/** {@code y = tanh(x)}, and {@code dX = dY * (1 - y * y)}. */
final class TanhOracle implements LayerOracle {

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = Math.tanh(x.value(i));
            // The function rises: at the ends of the interval of x it is furthest away.
            double above = Math.tanh(x.value(i) + x.error(i)) - value;
            double below = value - Math.tanh(x.value(i) - x.error(i));
            double carried = Math.max(above, below);
            y.set(i, value, carried + Tolerance.function().of(Math.abs(value) + carried));
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation y = forward(x);
        Approximation dX = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = y.value(i);
            double square = value * value;
            double slope = 1 - square;
            double squareError = y.error(i) * (2 * Math.abs(value) + y.error(i));
            // The difference of 1 and the square is small where both are not: its error is that of numbers of size 1.
            double slopeError = squareError + Tolerance.roundings(2).of(1 + square + squareError);
            DotProduct product = new DotProduct();
            product.add(dY.value(i), dY.error(i), slope, slopeError);
            dX.set(i, product.value(), product.error());
        }
        return dX;
    }
}
