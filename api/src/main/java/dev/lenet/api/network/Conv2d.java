package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import java.util.List;

/**
 * A two-dimensional convolution: every filter looks at all channels of a square window.
 *
 * <pre>
 * y[o, i, j] = bias[o] + sum over c, u, v of weight[o, c, u, v] * x[c, i * stride + u - padding, j * stride + v - padding]
 * </pre>
 *
 * where x is 0 outside the image. As in every deep-learning framework this is a cross-correlation: the kernel is not
 * flipped.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}
 *   <li>Output: {@code [filters, (H + 2 padding - K) / stride + 1, (W + 2 padding - K) / stride + 1]}, divisions
 *       rounded down, K = {@code kernelSize}
 *   <li>Parameters: {@code weight [filters, C, K, K]}, {@code bias [filters]}
 * </ul>
 *
 * LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 86(11), 1998.
 *
 * @param filters the number of output channels, at least 1
 * @param kernelSize the side of the square window in pixels, at least 1
 * @param stride the step of the window in pixels, at least 1
 * @param padding rows and columns of zeros around the image, from 0 to {@code kernelSize - 1}
 */
public record Conv2d(int filters, int kernelSize, int stride, int padding) implements LayerSpec {

    public Conv2d {
        Windows.positive("conv2d", "number of filters", filters);
        Windows.positive("conv2d", "kernel size", kernelSize);
        Windows.positive("conv2d", "stride", stride);
        Argument.check(
                padding >= 0 && padding < kernelSize,
                "conv2d",
                "a padding from 0 to " + (kernelSize - 1) + " for a kernel of size " + kernelSize,
                padding,
                "Use less padding, or a larger kernel.");
    }

    /** A convolution with stride 1 and no padding. */
    public static Conv2d of(int filters, int kernelSize) {
        return new Conv2d(filters, kernelSize, 1, 0);
    }

    public Conv2d withStride(int newStride) {
        return new Conv2d(filters, kernelSize, newStride, padding);
    }

    public Conv2d withPadding(int newPadding) {
        return new Conv2d(filters, kernelSize, stride, newPadding);
    }

    @Override
    public String kind() {
        return "conv2d";
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
        Windows.image(input);
        return Windows.slide(input, filters, kernelSize, stride, padding);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int channels = input.dimension(0);
        int fanIn = channels * kernelSize * kernelSize;
        return List.of(
                new ParameterSpec("weight", Shape.of(filters, channels, kernelSize, kernelSize), fanIn),
                new ParameterSpec("bias", Shape.of(filters), fanIn));
    }
}
