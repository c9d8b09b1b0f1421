package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * Averages each window.
 *
 * <pre>
 * y[c, i, j] = (1 / K^2) * sum over u, v of x[c, i * stride + u, j * stride + v]
 * </pre>
 *
 * LeNet-5 of 1998 subsampled this way.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}
 *   <li>Output: {@code [C, (H - K) / stride + 1, (W - K) / stride + 1]}, divisions rounded down, K =
 *       {@code kernelSize}; a rest at the lower and right edge is left out
 *   <li>Parameters: none
 * </ul>
 *
 * LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 86(11), 1998.
 *
 * @param kernelSize the side of the square window in pixels, at least 1
 * @param stride the step of the window in pixels, at least 1
 */
public record AvgPool2d(int kernelSize, int stride) implements LayerSpec {

    public AvgPool2d {
        Windows.positive("avg_pool2d", "kernel size", kernelSize);
        Windows.positive("avg_pool2d", "stride", stride);
    }

    /** Windows that touch and do not overlap. */
    public static AvgPool2d of(int kernelSize) {
        return new AvgPool2d(kernelSize, kernelSize);
    }

    @Override
    public String kind() {
        return "avg_pool2d";
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
        return Windows.slide(input, input.dimension(0), kernelSize, stride, 0);
    }
}
