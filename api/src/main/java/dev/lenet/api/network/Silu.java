package dev.lenet.api.network;

/**
 * The sigmoid linear unit, also called swish: {@code y = x * s} with {@code s = 1 / (1 + exp(-x))}, and gradient
 * {@code s * (1 + x * (1 - s))}. A rectifier without a corner: it falls to -0.278 at -1.278, and then rises.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
 * learning", Neural Networks 107, 2018; Ramachandran, Zoph and Le, "Searching for activation functions", 2017.
 */
public record Silu() implements SmoothUnit {

    @Override
    public double value(double x) {
        return x / (1 + StrictMath.exp(-x));
    }

    @Override
    public double slope(double x) {
        double s = 1 / (1 + StrictMath.exp(-x));
        return s * (1 + x * (1 - s));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
