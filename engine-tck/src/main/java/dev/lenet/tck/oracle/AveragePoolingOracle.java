package dev.lenet.tck.oracle;

/** {@code y[c, i, j] = (1 / K^2) * sum over u, v of x[c, i * stride + u, j * stride + v]}. */
final class AveragePoolingOracle implements LayerOracle {
    private final SlidingWindows windows;

    AveragePoolingOracle(SlidingWindows windows) {
        this.windows = windows;
    }

    @Override
    public Approximation forward(Approximation x) {
        DotProduct[] y = DotProduct.array(windows.channels() * windows.outputPlane());
        forEach((output, input, place) -> y[output].add(x.value(input), x.error(input)));
        return share(Approximation.of(y));
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        Approximation shares = share(dY);
        DotProduct[] dX = DotProduct.array(x.size());
        forEach((output, input, place) -> dX[input].add(shares.value(output), shares.error(output)));
        return Approximation.of(dX);
    }

    /**
     * Divided by the window's area. Dividing by a power of two rounds nothing, unless the share is too small to be normal;
     * for others an engine may multiply with the rounded inverse, which rounds twice.
     */
    private Approximation share(Approximation sums) {
        int area = windows.area();
        Approximation shares = Approximation.zeros(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            double share = sums.value(i) / area;
            double error = sums.error(i) / area;
            boolean exact = Integer.bitCount(area) == 1 && (share == 0 || Math.abs(share) >= Float.MIN_NORMAL);
            Tolerance division = exact ? Tolerance.EXACT : Tolerance.roundings(2);
            shares.set(i, share, error + division.of(Math.abs(share) + error));
        }
        return shares;
    }

    private void forEach(SlidingWindows.Visitor visitor) {
        for (int c = 0; c < windows.channels(); c++) {
            int yPlane = c * windows.outputPlane();
            int xPlane = c * windows.inputPlane();
            windows.forEach((output, input, place) -> visitor.visit(yPlane + output, xPlane + input, place));
        }
    }
}
