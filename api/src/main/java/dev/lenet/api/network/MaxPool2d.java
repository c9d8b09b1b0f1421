package dev.lenet.api.network;

import dev.lenet.api.Shape;

/**
 * Keeps the largest value of each window.
 *
 * <pre>
 * y[c, i, j] = max over u, v of x[c, i * stride + u, j * stride + v]
 * </pre>
 *
 * The gradient goes to the maximum; between equal values, to the first in row-major order, as in PyTorch.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}
 *   <li>Output: {@code [C, (H - K) / stride + 1, (W - K) / stride + 1]}, divisions rounded down, K =
 *       {@code kernelSize}; a rest at the lower and right edge is left out
 *   <li>Parameters: none
 * </ul>
 *
 * Ranzato et al., "Unsupervised learning of invariant feature hierarchies", CVPR 2007.
 *
 * @param kernelSize the side of the square window in pixels, at least 1
 * @param stride the step of the window in pixels, at least 1
 */
public record MaxPool2d(int kernelSize, int stride) implements LayerSpec {

    public MaxPool2d {
        Windows.positive("max_pool2d", "kernel size", kernelSize);
        Windows.positive("max_pool2d", "stride", stride);
    }

    /** Windows that touch and do not overlap. */
    public static MaxPool2d of(int kernelSize) {
        return new MaxPool2d(kernelSize, kernelSize);
    }

    @Override
    public String kind() {
        return "max_pool2d";
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
