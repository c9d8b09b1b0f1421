package dev.lenet.tck.oracle;

/** The same values under another shape: row-major they are the same list. */
final class FlattenOracle implements LayerOracle {

    @Override
    public Approximation forward(Approximation x) {
        return x;
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        return dY;
    }
}
