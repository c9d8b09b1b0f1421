package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A two-dimensional convolution: every filter looks at the channels of its group in a window.
 *
 * <pre>
 * y[o, i, j] = bias[o] + sum over c, u, v of weight[o, c, u, v] * x[g + c, i * stride + u - padding.height, j * stride + v - padding.width]
 * </pre>
 *
 * where x is 0 outside the image, and g is the first channel of the filter's group: 0 with one group, the usual case, where
 * every filter looks at all channels. With {@code groups} G, channels and filters are cut into G equal parts, and filters look at
 * the channels of their own part: {@code g = o / (filters / G) * (C / G)}, the first division rounded down. With as many groups as channels the
 * convolution is depthwise. As in every deep-learning framework this is a cross-correlation: the kernel is not flipped.
 *
 * <ul>
 *   <li>Input: {@code [C, H, W]}, C a multiple of G
 *   <li>Output: {@code [filters, (H + 2 padding.height - K.height) / stride + 1, (W + 2 padding.width - K.width) / stride + 1]},
 *       divisions rounded down, K = {@code kernelSize}
 *   <li>Parameters: {@code weight [filters, C / G, K.height, K.width]}, and {@code bias [filters]} if there is one
 * </ul>
 *
 * LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 86(11), 1998. Groups: Krizhevsky,
 * Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", NIPS 2012; depthwise: Chollet,
 * "Xception: deep learning with depthwise separable convolutions", CVPR 2017.
 *
 * @param filters the number of output channels, at least 1, a multiple of {@code groups}
 * @param kernelSize the window in pixels, at least 1 high and wide
 * @param stride the step of the window in pixels, in both directions, at least 1
 * @param padding rows of zeros above and below the image, and columns at its left and right: from 0 to one less than the
 *     kernel has
 * @param groups into how many parts channels and filters are cut, at least 1
 * @param bias whether a bias is added; one is of no use where a normalisation follows
 */
public record Conv2d(
        int filters,
        Size2d kernelSize,
        int stride,
        Size2d padding,
        @LeftOutWhen("1") int groups,
        @LeftOutWhen("true") boolean bias)
        implements LayerSpec {

    public Conv2d {
        Windows.positive("conv2d", "number of filters", filters);
        Argument.check(
                kernelSize.height() >= 1 && kernelSize.width() >= 1,
                "conv2d",
                "a kernel size of at least 1",
                kernelSize,
                "Give it a larger one.");
        Windows.positive("conv2d", "stride", stride);
        Size2d most = new Size2d(kernelSize.height() - 1, kernelSize.width() - 1);
        Argument.check(
                padding.height() >= 0
                        && padding.height() <= most.height()
                        && padding.width() >= 0
                        && padding.width() <= most.width(),
                "conv2d",
                "a padding from 0 to " + most + " for a kernel of size " + kernelSize,
                padding,
                "Use less padding, or a larger kernel.");
        Windows.positive("conv2d", "number of groups", groups);
        Argument.check(
                filters % groups == 0,
                "conv2d",
                "a number of filters that is a multiple of its " + groups + " groups",
                filters,
                "Change one of them.");
    }

    /** A square kernel, the same padding on all sides, one group, and a bias. */
    public Conv2d(int filters, int kernelSize, int stride, int padding) {
        this(filters, Size2d.square(kernelSize), stride, Size2d.square(padding), 1, true);
    }

    /** A convolution with a square kernel, stride 1 and no padding. */
    public static Conv2d of(int filters, int kernelSize) {
        return new Conv2d(filters, kernelSize, 1, 0);
    }

    /** A convolution with a rectangular kernel, stride 1 and no padding. */
    public static Conv2d of(int filters, int kernelHeight, int kernelWidth) {
        return new Conv2d(filters, new Size2d(kernelHeight, kernelWidth), 1, Size2d.square(0), 1, true);
    }

    public Conv2d withStride(int newStride) {
        return new Conv2d(filters, kernelSize, newStride, padding, groups, bias);
    }

    public Conv2d withPadding(int newPadding) {
        return withPadding(newPadding, newPadding);
    }

    /** With so many rows of zeros above and below, and columns at the left and right. */
    public Conv2d withPadding(int rows, int columns) {
        return new Conv2d(filters, kernelSize, stride, new Size2d(rows, columns), groups, bias);
    }

    public Conv2d withGroups(int newGroups) {
        return new Conv2d(filters, kernelSize, stride, padding, newGroups, bias);
    }

    public Conv2d withoutBias() {
        return new Conv2d(filters, kernelSize, stride, padding, groups, false);
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
        if (input.dimension(0) % groups != 0) {
            throw new ShapeException("expected a number of channels that is a multiple of its " + groups
                    + " groups, received " + input + ". Use other groups, or other filters in the layer before it.");
        }
        return Windows.slide(input, filters, kernelSize, stride, padding);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int channels = input.dimension(0) / groups;
        int fanIn = channels * kernelSize.height() * kernelSize.width();
        List<ParameterSpec> parameters = new ArrayList<>();
        parameters.add(new ParameterSpec(
                "weight", Shape.of(filters, channels, kernelSize.height(), kernelSize.width()), fanIn));
        if (bias) {
            parameters.add(new ParameterSpec("bias", Shape.of(filters), fanIn));
        }
        return List.copyOf(parameters);
    }
}
