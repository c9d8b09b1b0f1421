package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * An image as one vector, row-major: channel by channel, row by row.
 *
 * <p>Input: any shape. Output: {@code [size]}. Parameters: none.
 */
public record Flatten() implements LayerSpec {

    @Override
    public String kind() {
        return "flatten";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.PASSING;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(input.size());
    }
}
