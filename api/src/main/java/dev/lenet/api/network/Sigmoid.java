package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * The logistic function: {@code y = 1 / (1 + exp(-x))}, between 0 and 1, with gradient {@code y * (1 - y)}.
 *
 * <p>Input and output: any shape, the same. Parameters: none.
 *
 * <p>Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", Nature 323, 1986.
 */
public record Sigmoid() implements LayerSpec {

    @Override
    public String kind() {
        return "sigmoid";
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
