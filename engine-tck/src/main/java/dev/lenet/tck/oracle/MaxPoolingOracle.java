package dev.lenet.tck.oracle;

import java.util.Arrays;

/**
 * {@code y[c, i, j] = max over u, v of x[c, i * stride + u, j * stride + v]}; the gradient goes to the first of the largest
 * in row-major order.
 *
 * <p>Where values have errors, an engine may see another one as the largest. Every value that might be it may then get
 * the gradient or not, which makes the gradient its own error.
 */
final class MaxPoolingOracle implements LayerOracle {
    private static final int NONE = -1;

    private final SlidingWindows windows;

    MaxPoolingOracle(SlidingWindows windows) {
        this.windows = windows;
    }

    @Override
    public Approximation forward(Approximation x) {
        int[] winners = winners(x);
        Approximation y = Approximation.zeros(winners.length);
        for (int i = 0; i < winners.length; i++) {
            double largest = x.value(winners[i]);
            y.set(i, largest, x.error(winners[i]));
        }
        forEach((output, input, place) -> {
            // Another value may be larger by its error.
            double above = x.value(input) + x.error(input) - y.value(output);
            y.set(output, y.value(output), Math.max(y.error(output), above));
        });
        return y;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        int[] winners = winners(x);
        DotProduct[] dX = DotProduct.array(x.size());
        boolean[] contested = new boolean[winners.length];
        forEach((output, input, place) -> {
            if (input != winners[output] && mayWin(x, input, winners[output])) {
                contested[output] = true;
                dX[input].add(0, Math.abs(dY.value(output)) + dY.error(output));
            }
        });
        for (int i = 0; i < winners.length; i++) {
            dX[winners[i]].add(dY.value(i), dY.error(i) + (contested[i] ? Math.abs(dY.value(i)) : 0));
        }
        return Approximation.of(dX);
    }

    private static boolean mayWin(Approximation x, int other, int winner) {
        double errors = x.error(other) + x.error(winner);
        return errors > 0 && x.value(other) + errors >= x.value(winner);
    }

    /** Where in x the largest value of each window is; a NaN is larger than all. */
    private int[] winners(Approximation x) {
        int[] winners = new int[windows.channels() * windows.outputPlane()];
        Arrays.fill(winners, NONE);
        forEach((output, input, place) -> {
            if (winners[output] == NONE || Double.compare(x.value(input) + 0.0, x.value(winners[output]) + 0.0) > 0) {
                winners[output] = input;
            }
        });
        return winners;
    }

    private void forEach(SlidingWindows.Visitor visitor) {
        for (int c = 0; c < windows.channels(); c++) {
            int yPlane = c * windows.outputPlane();
            int xPlane = c * windows.inputPlane();
            windows.forEach((output, input, place) -> visitor.visit(yPlane + output, xPlane + input, place));
        }
    }
}
