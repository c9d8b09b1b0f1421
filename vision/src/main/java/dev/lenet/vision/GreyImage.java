package dev.lenet.vision;

import java.util.Arrays;

/**
 * An array of greys, of any size: a picture, its ink, or a part of either.
 *
 * @param values row-major, 0 for black to 255 for white
 */
record GreyImage(int width, int height, float[] values) {

    float at(int x, int y) {
        return values[y * width + x];
    }

    /** The difference between the lightest and the darkest value. */
    float contrast() {
        float least = 255;
        float most = 0;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return most - least;
    }

    /** The median of the pixels along the four sides: the background, unless a digit is larger than its paper. */
    float borderMedian() {
        float[] border = new float[2 * width + 2 * height];
        for (int x = 0; x < width; x++) {
            border[x] = at(x, 0);
            border[width + x] = at(x, height - 1);
        }
        for (int y = 0; y < height; y++) {
            border[2 * width + y] = at(0, y);
            border[2 * width + height + y] = at(width - 1, y);
        }
        Arrays.sort(border);
        return border[border.length / 2];
    }

    /** With light and dark exchanged. */
    GreyImage inverted() {
        float[] inverted = new float[values.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = 255 - values[i];
        }
        return new GreyImage(width, height, inverted);
    }

    /**
     * A part of this image in another size: each new pixel is the mean of the area it covers.
     *
     * @param left edge of the part, in pixels of this image, as {@code top}, {@code partWidth} and {@code partHeight}
     */
    GreyImage resized(int left, int top, int partWidth, int partHeight, int newWidth, int newHeight) {
        float[] narrow = new float[newWidth * partHeight];
        for (int y = 0; y < partHeight; y++) {
            average(values, (top + y) * width + left, 1, partWidth, narrow, y * newWidth, 1, newWidth);
        }
        float[] resized = new float[newWidth * newHeight];
        for (int x = 0; x < newWidth; x++) {
            average(narrow, x, newWidth, partHeight, resized, x, newWidth, newHeight);
        }
        return new GreyImage(newWidth, newHeight, resized);
    }

    /** Scaled so that it covers another size, of which what stands out on two sides is cut off; as it is if it has that size. */
    GreyImage covering(int newWidth, int newHeight) {
        if (width == newWidth && height == newHeight) {
            return this;
        }
        int partWidth = (int) Math.max(1, Math.min(width, Math.round((double) height * newWidth / newHeight)));
        int partHeight = (int) Math.max(1, Math.min(height, Math.round((double) width * newHeight / newWidth)));
        return resized((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight, newWidth, newHeight);
    }

    /** Averaged down so that no side is longer than that; as it is if none is. */
    GreyImage shrunkTo(int side) {
        return shrunkTo(side, new Box(0, 0, width, height));
    }

    /** The same of a part. */
    GreyImage shrunkTo(int side, Box part) {
        double scale = Math.min(1, (double) side / Math.max(part.width(), part.height()));
        return resized(
                part.left(),
                part.top(),
                part.width(),
                part.height(),
                scaled(part.width(), scale),
                scaled(part.height(), scale));
    }

    /** That many times the size, at least a pixel. */
    static int scaled(int size, double scale) {
        return Math.max(1, (int) Math.round(size * scale));
    }

    /** With a frame of that many pixels, each a copy of the nearest one of the picture. */
    GreyImage framed(int frame) {
        int newWidth = width + 2 * frame;
        int newHeight = height + 2 * frame;
        float[] framed = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int v = Math.max(0, Math.min(height - 1, y - frame));
            for (int x = 0; x < newWidth; x++) {
                framed[y * newWidth + x] = at(Math.max(0, Math.min(width - 1, x - frame)), v);
            }
        }
        return new GreyImage(newWidth, newHeight, framed);
    }

    /** Of a larger size, linear between the middles of the pixels. */
    GreyImage stretchedTo(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        float[] stretched = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            float v = Math.max(0, Math.min(height - 1, (y + 0.5f) * height / newHeight - 0.5f));
            int top = (int) v;
            int bottom = Math.min(height - 1, top + 1);
            for (int x = 0; x < newWidth; x++) {
                float u = Math.max(0, Math.min(width - 1, (x + 0.5f) * width / newWidth - 0.5f));
                int left = (int) u;
                int right = Math.min(width - 1, left + 1);
                float upper = at(left, top) + (u - left) * (at(right, top) - at(left, top));
                float lower = at(left, bottom) + (u - left) * (at(right, bottom) - at(left, bottom));
                stretched[y * newWidth + x] = upper + (v - top) * (lower - upper);
            }
        }
        return new GreyImage(newWidth, newHeight, stretched);
    }

    /** Cuts {@code count} values into {@code newCount} equal stretches and takes the mean of each. */
    private static void average(
            float[] source, int from, int stride, int count, float[] target, int to, int newStride, int newCount) {
        if (newCount == count) {
            for (int i = 0; i < count; i++) {
                target[to + i * newStride] = source[from + i * stride];
            }
            return;
        }
        double stretch = (double) count / newCount;
        for (int i = 0; i < newCount; i++) {
            double begin = i * stretch;
            double end = Math.min(count, begin + stretch);
            double sum = 0;
            for (int k = (int) begin; k < end; k++) {
                double overlap = Math.min(end, k + 1) - Math.max(begin, k);
                sum += overlap * source[from + k * stride];
            }
            target[to + i * newStride] = (float) (sum / (end - begin));
        }
    }

    /** The values rounded to unsigned bytes. */
    byte[] bytes() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Math.max(0, Math.min(255, values[i])));
        }
        return bytes;
    }
}
