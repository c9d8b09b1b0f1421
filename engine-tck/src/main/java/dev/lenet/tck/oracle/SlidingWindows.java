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
