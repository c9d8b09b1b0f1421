package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * The rectifier: {@code y = max(x, 0)}, with gradient 1 where x is above 0 and 0 elsewhere.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
 */
public record Relu() implements LayerSpec {

    @Override
    public String kind() {
        return "relu";
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
