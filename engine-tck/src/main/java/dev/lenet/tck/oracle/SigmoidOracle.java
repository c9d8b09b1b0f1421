package dev.lenet.tck.oracle;

/**
 * {@code y = 1 / (1 + exp(-x))}, and {@code dX = dY * y * (1 - y)}.
 *
 * <p>An engine rounds exp, the sum and the quotient. The relative error of exp is that of y or less, whatever x is: a formula
 * with tanh, which loses the digits of small y, does not stay within this bound.
 */
final class SigmoidOracle implements LayerOracle {

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** How far a sigmoid of exactly x may be off. */
    static double error(double x) {
        double y = sigmoid(x);
        return Tolerance.function().of(y) + Tolerance.roundings(2).of(y);
    }

    @Override
    public Approximation forward(Approximation x) {
        Approximation y = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double value = sigmoid(x.value(i));
            // The function rises: at the ends of the interval of x it is furthest away.
            double high = x.value(i) + x.error(i);
            double low = x.value(i) - x.error(i);
            double carried = Math.max(sigmoid(high) - value, value - sigmoid(low));
            y.set(i, value, carried + Math.max(error(x.value(i)), error(high)));
        }
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation y = forward(x);
        Approximation dX = Approximation.zeros(x.size());
        for (int i = 0; i < x.size(); i++) {
            double rest = sigmoid(-x.value(i));
            double restError = y.error(i) + Tolerance.roundings(1).of(rest + y.error(i));
            DotProduct slope = new DotProduct();
            slope.add(y.value(i), y.error(i), rest, restError);
            DotProduct product = new DotProduct();
            product.add(dY.value(i), dY.error(i), slope.value(), slope.error());
            dX.set(i, product.value(), product.error());
        }
        return dX;
    }
}
