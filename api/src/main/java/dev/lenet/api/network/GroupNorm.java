package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.network.ParameterSpec.Start;
import java.util.List;

/**
 * Gives each group of channels of each example the mean 0 and the variance 1, and then each channel a scale and a shift of its own.
 *
 * <pre>
 * y[c, i, j] = weight[c] * (x[c, i, j] - mean) / sqrt(variance + epsilon) + bias[c]
 * </pre>
 *
 * where mean and variance are those of the {@code C / groups * H * W} values of the channel's group, the variance without a
 * correction: the sum of the squared distances from the mean, divided by their number. It is the same in training and in
 * prediction, and no example sees another. One group is layer normalisation over the picture; as many as channels, instance
 * normalisation.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}, C a multiple of {@code groups}
 *   <li>Output: the same shape
 *   <li>Parameters: {@code weight [C]}, ones at first, and {@code bias [C]}, zeros at first
 * </ul>
 *
 * Wu and He, "Group normalization", ECCV 2018.
 *
 * @param groups into how many parts the channels are cut, at least 1
 * @param epsilon keeps the division finite, above 0; a {@code float} so that every engine adds the same bits
 */
public record GroupNorm(int groups, float epsilon) implements LayerSpec {

    public GroupNorm {
        Windows.positive("group_norm", "number of groups", groups);
        Argument.checkFinite(epsilon > 0, "group_norm", "an epsilon above 0", epsilon, "1e-5 is usual.");
    }

    /** With an epsilon of 1e-5. */
    public static GroupNorm of(int groups) {
        return new GroupNorm(groups, 1e-5f);
    }

    @Override
    public String kind() {
        return "group_norm";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.NORMALIZATION;
    }

    @Override
    public Shape outputShape(Shape input) {
        Windows.image(input);
        if (input.dimension(0) % groups != 0) {
            throw new ShapeException("expected a number of channels that is a multiple of its " + groups
                    + " groups, received " + input + ". Use other groups, or other filters in the layer before it.");
        }
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int channels = input.dimension(0);
        return List.of(
                ParameterSpec.ofChannels("weight", channels, Start.ONES),
                ParameterSpec.ofChannels("bias", channels, Start.ZEROS));
    }
}
