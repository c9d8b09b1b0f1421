package dev.lenet.api.network;

import dev.lenet.api.Argument;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;

/** The arithmetic that convolution and pooling share: a window that slides over an image. */
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

    /** As below, for a square window. */
    static Shape slide(Shape input, int channels, int kernelSize, int stride, int padding) {
        return slide(input, channels, Size2d.square(kernelSize), stride, Size2d.square(padding));
    }

    /** {@code floor((size + 2 padding - kernel) / stride) + 1} in both directions, for an image of that shape. */
    static Shape slide(Shape input, int channels, Size2d kernel, int stride, Size2d padding) {
        long height = input.dimension(1) + 2L * padding.height() - kernel.height();
        long width = input.dimension(2) + 2L * padding.width() - kernel.width();
        if (height < 0 || width < 0) {
            throw new ShapeException("expected an image of at least " + kernel.height() + "x" + kernel.width()
                    + " after padding, received " + input + " with padding " + padding
                    + ". Use a smaller kernel, more padding or fewer pooling layers before it.");
        }
        return Shape.of(channels, (int) (height / stride + 1), (int) (width / stride + 1));
    }
}
