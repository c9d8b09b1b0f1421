package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * Averages each channel over the whole picture.
 *
 * <pre>
 * y[c] = (1 / (H * W)) * sum over i, j of x[c, i, j]
 * </pre>
 *
 * What comes out is a vector: a linear layer may follow, without a flatten layer between them. So a classifier needs one
 * weight for each channel and class, whatever the size of the picture.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}
 *   <li>Output: {@code [C]}
 *   <li>Parameters: none
 * </ul>
 *
 * Lin, Chen and Yan, "Network in network", ICLR 2014.
 */
public record GlobalAvgPool() implements LayerSpec {

    @Override
    public String kind() {
        return "global_avg_pool";
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Role role() {
        return Role.POOLING;
    }

    @Override
    public Shape outputShape(Shape input) {
        Windows.image(input);
        return Shape.of(input.dimension(0));
    }
}
