package dev.lenet.vision;

import java.util.Arrays;

/**
 * The largest value in the square window around each pixel, or what of the window lies inside the picture: a morphological
 * dilation.
 *
 * <p>Three comparisons a pixel and direction, however wide the window: a line is cut into blocks as long as a window, so a
 * window is the end of one block and the beginning of the next. Van Herk, "A fast algorithm for local minimum and maximum
 * filters on rectangular and octagonal kernels", Pattern Recognition Letters 13, 1992.
 */
final class SlidingMaximum {
    private final int radius;
    private final int window;
    /** A line with {@code radius} zeros before it and after it, in whole blocks. */
    private final float[] line;
    /** The largest value from the start of a block up to here. */
    private final float[] sinceStart;
    /** The largest value from here up to the end of the block. */
    private final float[] untilEnd;

    private SlidingMaximum(int radius, int longest) {
        this.radius = radius;
        this.window = 2 * radius + 1;
        int blocks = (longest + 2 * radius + window - 1) / window;
        this.line = new float[blocks * window];
        this.sinceStart = new float[blocks * window];
        this.untilEnd = new float[blocks * window];
    }

    /**
     * @param image values of at least 0
     * @param radius a window is {@code 2 radius + 1} pixels wide and high
     */
    static GreyImage of(GreyImage image, int radius) {
        int width = image.width();
        int height = image.height();
        SlidingMaximum maximum = new SlidingMaximum(radius, Math.max(width, height));
        float[] values = image.values().clone();
        for (int y = 0; y < height; y++) {
            maximum.replace(values, y * width, 1, width);
        }
        for (int x = 0; x < width; x++) {
            maximum.replace(values, x, width, height);
        }
        return new GreyImage(width, height, values);
    }

    /** One line of the picture: {@code length} values from {@code first} on, {@code step} apart. */
    private void replace(float[] values, int first, int step, int length) {
        Arrays.fill(line, 0);
        for (int i = 0; i < length; i++) {
            line[radius + i] = values[first + i * step];
        }
        for (int block = 0; block < line.length; block += window) {
            float most = 0;
            for (int i = block; i < block + window; i++) {
                most = Math.max(most, line[i]);
                sinceStart[i] = most;
            }
            most = 0;
            for (int i = block + window - 1; i >= block; i--) {
                most = Math.max(most, line[i]);
                untilEnd[i] = most;
            }
        }
        for (int i = 0; i < length; i++) {
            values[first + i * step] = Math.max(untilEnd[i], sinceStart[i + 2 * radius]);
        }
    }
}
