package dev.lenet.api.network;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.List;

/**
 * A fully connected layer.
 *
 * <pre>
 * y[o] = bias[o] + sum over i of weight[o, i] * x[i]
 * </pre>
 *
 * <ul>
 *   <li>Input: {@code [features]}
 *   <li>Output: {@code [outputs]}
 *   <li>Parameters: {@code weight [outputs, features]}, {@code bias [outputs]}
 * </ul>
 *
 * @param outputs the number of outputs, at least 1
 */
public record Linear(int outputs) implements LayerSpec {

    public Linear {
        Windows.positive("linear", "number of outputs", outputs);
    }

    public static Linear of(int outputs) {
        return new Linear(outputs);
    }

    @Override
    public String kind() {
        return "linear";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.WEIGHTED;
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw new ShapeException("expected a rank-1 input, received " + input + ". Put a flatten layer before it.");
        }
        return Shape.of(outputs);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int features = input.dimension(0);
        return List.of(
                new ParameterSpec("weight", Shape.of(outputs, features), features),
                new ParameterSpec("bias", Shape.of(outputs), features));
    }
}
