package dev.lenet.tck.mutant;

import static dev.lenet.tck.mutant.AlteredLayer.values;
import static dev.lenet.tck.mutant.ForwardMutants.map;
import static dev.lenet.tck.mutant.ForwardMutants.output;
import static dev.lenet.tck.mutant.GradientMutants.backward;
import static dev.lenet.tck.mutant.GradientMutants.seeing;

import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import java.util.List;

/** Engines that are wrong about a function of each value by itself, forward or back. */
final class ActivationMutants {
    private ActivationMutants() {}

    static List<Mutant> all() {
        return List.of(
                output(
                        "3.5",
                        "leaks a little below zero",
                        Relu.class,
                        (layer, right) -> x -> map(x, value -> value > 0 ? value : 1e-6 * value)),
                output(
                        "3.6",
                        "computes tanh from exp",
                        Tanh.class,
                        (layer, right) -> x -> map(x, ActivationMutants::tanhFromExp)),
                output(
                        "3.14",
                        "computes the sigmoid from tanh",
                        Sigmoid.class,
                        (layer, right) -> x -> map(x, value -> (1 + (float) Math.tanh(value / 2)) / 2)),
                output(
                        "3.14",
                        "divides a power by a power",
                        Sigmoid.class,
                        (layer, right) ->
                                x -> map(x, value -> (float) Math.exp(value) / (1 + (float) Math.exp(value)))),
                output(
                        "3.15",
                        "takes the usual slope",
                        LeakyRelu.class,
                        (layer, right) -> x -> map(x, value -> value > 0 ? value : 0.01f * value)),
                output(
                        "3.12",
                        "takes a NaN for 0 in a leaky rectifier",
                        LeakyRelu.class,
                        (layer, right) -> x -> map(right.forward(x), y -> Double.isNaN(y) ? 0 : y)),
                output(
                        "3.16",
                        "takes the sigmoid of 1.702 x",
                        Silu.class,
                        (layer, right) -> x -> map(x, value -> value / (1 + Math.exp(-1.702 * value)))),
                output(
                        "3.16",
                        "multiplies with a power that may be infinite",
                        Silu.class,
                        (layer, right) -> x -> map(x, ActivationMutants::siluFromPowers)),
                output(
                        "3.16",
                        "takes Gelu's approximation by tanh for Gelu",
                        Gelu.class,
                        (layer, right) -> x -> map(x, ActivationMutants::geluFromTanh)),
                backward(
                        "4.3",
                        "forgets that a sigmoid is flatter than 1",
                        Sigmoid.class,
                        (x, dX) -> values(dX.size(), i -> dX.value(i) * 4)),
                seeing(
                        "4.3",
                        "lets the gradient of a leaky rectifier pass below zero",
                        LeakyRelu.class,
                        x -> values(x.size(), i -> Math.abs(x.value(i)))),
                backward(
                        "4.3",
                        "takes the gradient of a sigmoid linear unit for its sigmoid",
                        Silu.class,
                        (x, dX) -> values(dX.size(), i -> dX.value(i) / (1 + x.value(i) / (1 + Math.exp(x.value(i)))))),
                backward(
                        "4.3",
                        "takes the gradient of Gelu for its probability",
                        Gelu.class,
                        (x, dX) -> values(
                                dX.size(),
                                i -> x.value(i) == 0 ? dX.value(i) : dX.value(i) * shareOfSlope(x.value(i)))),
                seeing(
                        "4.5",
                        "lets a gradient pass at zero",
                        Relu.class,
                        x -> values(x.size(), i -> x.value(i) == 0 ? Double.MIN_NORMAL : x.value(i))));
    }

    private static double tanhFromExp(double x) {
        float e = (float) Math.exp(2 * x);
        return (e - 1) / (e + 1);
    }

    private static double shareOfSlope(double x) {
        return new Gelu().value(x) / (x * new Gelu().slope(x));
    }

    private static double geluFromTanh(double x) {
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private static double siluFromPowers(double x) {
        float e = (float) Math.exp(x);
        return x * e / (1 + e);
    }
}
