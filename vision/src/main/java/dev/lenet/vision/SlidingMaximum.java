package dev.lenet.vision;

/**
 * The largest value in the square window around each pixel, or what of the window lies inside the picture: a morphological
 * dilation.
 *
 * <p>A window of twice the length is the larger of two windows that touch, and any window is the larger of two that overlap.
 * So a window of 43 pixels takes six passes in each direction. Van Herk's algorithm takes three comparisons however wide the
 * window is, but each needs the one before it; these passes are vector instructions over whole rows.
 */
final class SlidingMaximum {
    private SlidingMaximum() {}

    /**
     * @param image values of at least 0
     * @param radius a window is {@code 2 radius + 1} pixels wide and high
     */
    static GreyImage of(GreyImage image, int radius) {
        int width = image.width();
        int height = image.height();
        int window = 2 * radius + 1;
        int framed = width + 2 * radius;
        // Zeros on the left and right, so that every window is whole; what reaches into the next row is not read.
        float[] rows = new float[framed * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.values(), y * width, rows, y * framed + radius, width);
        }
        float[] across = windows(rows, window, 1);
        float[] columns = new float[width * (height + 2 * radius)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(across, y * framed, columns, (y + radius) * width, width);
        }
        return new GreyImage(width, height, windows(columns, window, width));
    }

    /** The largest of {@code window} values, each {@code step} behind the last, for every place where they begin. */
    private static float[] windows(float[] values, int window, int step) {
        float[] largest = values;
        int reach = 1;
        for (; 2 * reach <= window; reach *= 2) {
            largest = larger(largest, reach * step);
        }
        return reach == window ? largest : larger(largest, (window - reach) * step);
    }

    /** The larger of each value and the one {@code offset} behind it. */
    private static float[] larger(float[] values, int offset) {
        float[] larger = new float[values.length - offset];
        for (int i = 0; i < larger.length; i++) {
            larger[i] = Math.max(values[i], values[i + offset]);
        }
        return larger;
    }
}
