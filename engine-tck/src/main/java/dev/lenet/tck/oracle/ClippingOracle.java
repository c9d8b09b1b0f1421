package dev.lenet.tck.oracle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * <pre>
 * g = min(1, limit / (||g|| + 1e-6)) * g,   ||g|| = the square root of the sum of the squares of all gradients
 * </pre>
 *
 * <p>The errors of the gradients carry the sum of squares, and its own roundings come on top, as if all were added in
 * float32: the norm is in an interval, and the factor in another. Where all of that is above 1 the factor is 1, and the
 * gradients are what they were, to the bit.
 */
public final class ClippingOracle {
    /** The limit and the 1e-6, which are rounded once; the sum, the quotient, and the factor as float32. The root is a function. */
    private static final int OPERATIONS = 5;

    private ClippingOracle() {}

    /**
     * @param limit 0 for none
     * @param gradients of all parameters, by their full names
     */
    public static Map<String, Approximation> clip(double limit, Map<String, Approximation> gradients) {
        if (limit == 0) {
            return gradients;
        }
        DotProduct squares = new DotProduct();
        for (Approximation gradient : gradients.values()) {
            for (int i = 0; i < gradient.size(); i++) {
                squares.add(gradient.value(i), gradient.error(i), gradient.value(i), gradient.error(i));
            }
        }
        double lowest = factor(limit, squares.value() + squares.error());
        lowest -= roundings(lowest);
        if (lowest >= 1) {
            return gradients;
        }
        double highest = factor(limit, Math.max(squares.value() - squares.error(), 0));
        highest += roundings(highest);
        double factor = Math.min(1, factor(limit, squares.value()));
        double error = Math.max(factor - Math.max(lowest, 0), Math.min(1, highest) - factor);
        Map<String, Approximation> clipped = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> clipped.put(name, product(gradient, factor, error)));
        return clipped;
    }

    private static double factor(double limit, double squares) {
        return limit / (Math.sqrt(squares) + 1e-6);
    }

    private static double roundings(double factor) {
        return Tolerance.roundings(OPERATIONS).of(factor) + Tolerance.function().of(factor);
    }

    private static Approximation product(Approximation gradient, double factor, double error) {
        Approximation product = Approximation.zeros(gradient.size());
        for (int i = 0; i < gradient.size(); i++) {
            DotProduct one = new DotProduct();
            one.add(gradient.value(i), gradient.error(i), factor, error);
            product.set(i, one.value(), one.error());
        }
        return product;
    }
}
