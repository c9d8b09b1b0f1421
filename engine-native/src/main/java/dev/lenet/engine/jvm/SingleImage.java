package dev.lenet.engine.jvm;

import dev.lenet.api.Shape;

/** The values of one image; value (c, y, x) is {@code planes[c][y * pitch + x]}. A vector is one plane of one row. */
record SingleImage(float[][] planes, int height, int width, int pitch) {

    /** With enough behind the last value for whole registers. */
    static SingleImage of(Shape shape) {
        if (shape.rank() != 3) {
            int size = shape.size();
            return new SingleImage(new float[1][Kernels.padded(size)], 1, size, size);
        }
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        return new SingleImage(new float[shape.dimension(0)][Kernels.padded(height * width)], height, width, width);
    }

    void put(float[] values, int offset) {
        int from = offset;
        for (float[] plane : planes) {
            System.arraycopy(values, from, plane, 0, height * width);
            from += height * width;
        }
    }

    void get(float[] values, int offset) {
        int to = offset;
        for (float[] plane : planes) {
            for (int y = 0; y < height; y++) {
                System.arraycopy(plane, y * pitch, values, to, width);
                to += width;
            }
        }
    }
}
