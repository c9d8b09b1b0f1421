package dev.lenet.tck.mutant;

import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.LayerOracle;
import dev.lenet.tck.oracle.ParameterSums;
import java.util.function.IntToDoubleFunction;

/** A right layer of which a mutant overrides one direction. */
class AlteredLayer implements LayerOracle {
    private final LayerOracle right;

    AlteredLayer(LayerOracle right) {
        this.right = right;
    }

    @Override
    public Approximation forward(Approximation x) {
        return right.forward(x);
    }

    @Override
    public Approximation backward(Approximation x, Approximation dY, ParameterSums gradients) {
        return right.backward(x, dY, gradients);
    }

    @Override
    public LayerOracle training(long seed, long step, int example) {
        LayerOracle training = right.training(seed, step, example);
        return training.equals(right) ? this : training;
    }

    /** New values from indices; a mutant does not care for errors. */
    static Approximation values(int size, IntToDoubleFunction value) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return Approximation.exact(values);
    }
}
