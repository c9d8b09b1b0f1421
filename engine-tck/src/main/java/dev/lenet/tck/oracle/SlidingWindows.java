package dev.lenet.tck.oracle;

import dev.lenet.api.network.Network.NamedLayer;

/**
 * Which input value meets which output value at which place of a square window: the one index relation of convolution
 * and pooling, forward and backward.
 *
 * <pre>
 * output (i, j) sees input (i * stride + u - padding, j * stride + v - padding) at place (u, v)
 * </pre>
 */
record SlidingWindows(NamedLayer layer, int kernelSize, int stride, int padding) {

    /** Where a window's place lies inside the picture. */
    interface Visitor {
        /**
         * @param output position in the output plane, {@code i * width + j}
         * @param input position in the input plane
         * @param place in the window, {@code u * kernelSize + v}
         */
        void visit(int output, int input, int place);
    }

    /** Window after window, and in a window row by row; places in the padding are left out. */
    void forEach(Visitor visitor) {
        int height = layer.input().dimension(1);
        int width = layer.input().dimension(2);
        int outHeight = layer.output().dimension(1);
        int outWidth = layer.output().dimension(2);
        for (int i = 0; i < outHeight; i++) {
            for (int j = 0; j < outWidth; j++) {
                for (int u = 0; u < kernelSize; u++) {
                    int row = i * stride + u - padding;
                    if (row < 0 || row >= height) {
                        continue;
                    }
                    for (int v = 0; v < kernelSize; v++) {
                        int column = j * stride + v - padding;
                        if (column >= 0 && column < width) {
                            visitor.visit(i * outWidth + j, row * width + column, u * kernelSize + v);
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
    void ofOutput(int output, Run run) {
        int top = output / outWidth() * stride - padding;
        int left = output % outWidth() * stride - padding;
        int from = Math.max(0, -left);
        int to = Math.min(kernelSize, width() - left);
        for (int u = Math.max(0, -top); u < Math.min(kernelSize, height() - top) && from < to; u++) {
            run.visit((top + u) * width() + left + from, u * kernelSize + from, to - from);
        }
    }

    /** Who is seen at a place: runs of outputs, one after the other, and of inputs, a stride apart. */
    void ofPlace(int place, Run run) {
        int u = place / kernelSize - padding;
        int v = place % kernelSize - padding;
        int from = firstAtLeast(-v);
        int to = Math.min(outWidth(), firstAtLeast(width() - v));
        for (int i = firstAtLeast(-u); i < Math.min(outHeight(), firstAtLeast(height() - u)) && from < to; i++) {
            run.visit(i * outWidth() + from, (i * stride + u) * width() + from * stride + v, to - from);
        }
    }

    /** Who sees an input: runs of outputs, each one before the last, and of places, a stride apart. */
    void ofInput(int input, Run run) {
        int row = input / width() + padding;
        int column = input % width() + padding;
        int firstRow = Math.min(outHeight() - 1, row / stride);
        int first = Math.min(outWidth() - 1, column / stride);
        int last = firstAtLeast(column - kernelSize + 1);
        for (int i = firstRow; i >= firstAtLeast(row - kernelSize + 1) && last <= first; i--) {
            int place = (row - i * stride) * kernelSize + column - first * stride;
            run.visit(i * outWidth() + first, place, first - last + 1);
        }
    }

    /** The first window, of those that a stride lies between, that begins at a position or behind it; 0 or more. */
    private int firstAtLeast(int position) {
        return position <= 0 ? 0 : (position + stride - 1) / stride;
    }

    private int height() {
        return layer.input().dimension(1);
    }

    private int width() {
        return layer.input().dimension(2);
    }

    private int outHeight() {
        return layer.output().dimension(1);
    }

    private int outWidth() {
        return layer.output().dimension(2);
    }

    int channels() {
        return layer.input().dimension(0);
    }

    /** The number of values in one channel of the input. */
    int inputPlane() {
        return layer.input().dimension(1) * layer.input().dimension(2);
    }

    /** The number of values in one channel of the output. */
    int outputPlane() {
        return layer.output().dimension(1) * layer.output().dimension(2);
    }

    /** The number of places in a window. */
    int area() {
        return kernelSize * kernelSize;
    }
}
