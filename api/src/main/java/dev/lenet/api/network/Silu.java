package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * The sigmoid linear unit, also called swish: {@code y = x * s} with {@code s = 1 / (1 + exp(-x))}, and gradient
 * {@code s * (1 + x * (1 - s))}. A rectifier without a corner: it falls to -0.278 at -1.278, and then rises.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
 * learning", Neural Networks 107, 2018; Ramachandran, Zoph and Le, "Searching for activation functions", 2017.
 */
public record Silu() implements LayerSpec {

    @Override
    public String kind() {
        return "silu";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.ACTIVATION;
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
