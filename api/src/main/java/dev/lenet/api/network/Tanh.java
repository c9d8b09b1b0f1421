package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * The hyperbolic tangent: {@code y = tanh(x)}, with gradient {@code 1 - y^2}.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 */
public record Tanh() implements LayerSpec {

    @Override
    public String kind() {
        return "tanh";
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
