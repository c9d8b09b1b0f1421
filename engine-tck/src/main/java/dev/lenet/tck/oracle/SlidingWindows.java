package dev.lenet.tck.oracle;

import dev.lenet.api.Shape;
import dev.lenet.api.network.Network.NamedLayer;

/**
 * Which input value meets which output value at which place of a window: the one index relation of convolution and
 * pooling, forward and backward.
 *
 * <pre>
 * output (i, j) sees input (i * stride + u - padding.height, j * stride + v - padding.width) at place (u, v)
 * </pre>
 *
 * @param input {@code [C, H, W]}
 * @param output of one channel
 * @param kernel of a window
 * @param padding above and below, left and right
 */
record SlidingWindows(Shape input, Size output, Size kernel, int stride, Size padding) {

    /** Rows and columns. */
    record Size(int height, int width) {}

    /** Square windows. */
    static SlidingWindows of(NamedLayer layer, int kernelSize, int stride, int padding) {
        return of(layer, new Size(kernelSize, kernelSize), stride, new Size(padding, padding));
    }

    static SlidingWindows of(NamedLayer layer, Size kernel, int stride, Size padding) {
        Size output = new Size(layer.output().dimension(1), layer.output().dimension(2));
        return new SlidingWindows(layer.input(), output, kernel, stride, padding);
    }

    /** One window that is the whole picture. */
    static SlidingWindows whole(NamedLayer layer) {
        Size picture = new Size(layer.input().dimension(1), layer.input().dimension(2));
        return new SlidingWindows(layer.input(), new Size(1, 1), picture, 1, new Size(0, 0));
    }

    /** Where a window's place lies inside the picture. */
    interface Visitor {
        /**
         * @param output position in the output plane, {@code i * width + j}
         * @param input position in the input plane
         * @param place in the window, {@code u * kernel.width + v}
         */
        void visit(int output, int input, int place);
    }

    /** Window after window, and in a window row by row; places in the padding are left out. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < outHeight(); i++) {
            for (int j = 0; j < outWidth(); j++) {
                for (int u = 0; u < kernel.height(); u++) {
                    int row = i * stride + u - padding.height();
                    if (row < 0 || row >= height()) {
                        continue;
                    }
                    for (int v = 0; v < kernel.width(); v++) {
                        int column = j * stride + v - padding.width();
                        if (column >= 0 && column < width()) {
                            visitor.visit(i * outWidth() + j, row * width() + column, u * kernel.width() + v);
                        }
                    }
                }
            }
        }
    }

    /** A run of places of a window that meet one row of the picture, or of windows that meet it. */
    interface Run {
        /**
         * @param first position of the first of one kind, see the method that is given the run
         * @param second of the first of another kind
         */
        void visit(int first, int second, int count);
    }

    /** What an output sees: runs of inputs, one after the other, at places one after the other. */
    void ofOutput(int position, Run run) {
        int top = position / outWidth() * stride - padding.height();
        int left = position % outWidth() * stride - padding.width();
        int from = Math.max(0, -left);
        int to = Math.min(kernel.width(), width() - left);
        for (int u = Math.max(0, -top); u < Math.min(kernel.height(), height() - top) && from < to; u++) {
            run.visit((top + u) * width() + left + from, u * kernel.width() + from, to - from);
        }
    }

    /** Who is seen at a place: runs of outputs, one after the other, and of inputs, a stride apart. */
    void ofPlace(int place, Run run) {
        int u = place / kernel.width() - padding.height();
        int v = place % kernel.width() - padding.width();
        int from = firstAtLeast(-v);
        int to = Math.min(outWidth(), firstAtLeast(width() - v));
        for (int i = firstAtLeast(-u); i < Math.min(outHeight(), firstAtLeast(height() - u)) && from < to; i++) {
            run.visit(i * outWidth() + from, (i * stride + u) * width() + from * stride + v, to - from);
        }
    }

    /** Who sees an input: runs of outputs, each one before the last, and of places, a stride apart. */
    void ofInput(int position, Run run) {
        int row = position / width() + padding.height();
        int column = position % width() + padding.width();
        int firstRow = Math.min(outHeight() - 1, row / stride);
        int first = Math.min(outWidth() - 1, column / stride);
        int last = firstAtLeast(column - kernel.width() + 1);
        for (int i = firstRow; i >= firstAtLeast(row - kernel.height() + 1) && last <= first; i--) {
            int place = (row - i * stride) * kernel.width() + column - first * stride;
            run.visit(i * outWidth() + first, place, first - last + 1);
        }
    }

    /** The first window, of those that a stride lies between, that begins at a position or behind it; 0 or more. */
    private int firstAtLeast(int position) {
        return position <= 0 ? 0 : (position + stride - 1) / stride;
    }

    private int height() {
        return input.dimension(1);
    }

    private int width() {
        return input.dimension(2);
    }

    private int outHeight() {
        return output.height();
    }

    private int outWidth() {
        return output.width();
    }

    int channels() {
        return input.dimension(0);
    }

    /** The number of values in one channel of the input. */
    int inputPlane() {
        return input.dimension(1) * input.dimension(2);
    }

    /** The number of values in one channel of the output. */
    int outputPlane() {
        return output.height() * output.width();
    }

    /** The number of places in a window. */
    int area() {
        return kernel.height() * kernel.width();
    }
}
