package dev.lenet.api.augmentation;

import java.util.Arrays;

/** One channel of an image, with tones from 0, paper, to 1, ink; and as much memory again for those who change it. */
final class Plane {
    final int height;
    final int width;
    /** Row-major. */
    float[] pixels;

    private float[] spare;

    Plane(int height, int width) {
        this.height = height;
        this.width = width;
        this.pixels = new float[height * width];
        this.spare = new float[height * width];
    }

    /** An array of the same size, with whatever is in it. */
    float[] spare() {
        return spare;
    }

    /** The same, of zeros. */
    float[] clearedSpare() {
        Arrays.fill(spare, 0);
        return spare;
    }

    /** Makes all of it paper. */
    void clear() {
        Arrays.fill(pixels, 0);
    }

    /** Makes what was written to {@link #spare} the pixels, and the pixels spare. */
    void swap() {
        float[] before = pixels;
        pixels = spare;
        spare = before;
    }

    /** {@code (1 - share)} of the pixels and {@code share} of {@link #spare}. */
    void mix(float share) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += share * (spare[i] - pixels[i]);
        }
    }

    /** Leaves no tone below 0 or above 1. */
    void clip() {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1, Math.max(0, pixels[i]));
        }
    }
}
