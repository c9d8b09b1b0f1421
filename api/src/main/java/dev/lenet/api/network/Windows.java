package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;

/** The arithmetic that convolution and pooling share: a square window that slides over an image. */
final class Windows {
    private Windows() {}

    static void positive(String layer, String what, int value) {
        Argument.check(value >= 1, layer, "a " + what + " of at least 1", value, "Give it a larger one.");
    }

    static void image(Shape input) {
        if (input.rank() != 3) {
            throw new ShapeException("expected a rank-3 input [C, H, W], received " + input
                    + ". Put it before the flatten layer, or give the network an image as input.");
        }
    }

    /** {@code floor((size + 2 padding - kernel) / stride) + 1} in both directions, for an image of that shape. */
    static Shape slide(Shape input, int channels, int kernelSize, int stride, int padding) {
        return Shape.of(
                channels,
                positions(input, 1, kernelSize, stride, padding),
                positions(input, 2, kernelSize, stride, padding));
    }

    private static int positions(Shape input, int axis, int kernelSize, int stride, int padding) {
        int padded = input.dimension(axis) + 2 * padding;
        if (padded < kernelSize) {
            throw new ShapeException("expected an image of at least " + kernelSize + "x" + kernelSize
                    + " after padding, received " + input + " with padding " + padding
                    + ". Use a smaller kernel, more padding or fewer pooling layers before it.");
        }
        return (padded - kernelSize) / stride + 1;
    }
}
