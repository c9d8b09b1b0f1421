package dev.lenet.api.augmentation;

/**
 * Outlines as Canny finds them ("A computational approach to edge detection", 1986): where the gradient of the smoothed image is larger
 * than on both sides of it, above a threshold, or above a lower one and next to an outline.
 */
final class EdgeDetector {
    private static final float LOW = 0.1f;
    private static final float HIGH = 0.2f;

    private EdgeDetector() {}

    /** Leaves 1 where there is an outline, 0 elsewhere. */
    static void detect(Plane plane) {
        int width = plane.width;
        float[] image = plane.pixels;
        Degradation.gaussian(image, plane, 1);
        float[] across = new float[image.length];
        float[] down = new float[image.length];
        float[] size = new float[image.length];
        for (int y = 1; y < plane.height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                across[at] = sobel(image, at, 1, width);
                down[at] = sobel(image, at, width, 1);
                size[at] = (float) Math.sqrt(across[at] * across[at] + down[at] * down[at]);
            }
        }
        float[] outline = plane.clearedSpare();
        for (int y = 1; y < plane.height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                // Across the outline: the nearest of four directions; 0.414 is the tangent of 22.5 degrees.
                float dx = Math.abs(across[at]);
                float dy = Math.abs(down[at]);
                int next =
                        dy < 0.414f * dx ? 1 : dx < 0.414f * dy ? width : width + (across[at] * down[at] > 0 ? 1 : -1);
                if (size[at] > LOW && size[at] >= size[at - next] && size[at] > size[at + next]) {
                    outline[at] = size[at] > HIGH ? 1 : 0.5f;
                }
            }
        }
        follow(outline, width);
        plane.swap();
    }

    /** Half the difference of two sides, smoothed along the edge. */
    private static float sobel(float[] image, int at, int step, int along) {
        float ahead = image[at + step - along] + 2 * image[at + step] + image[at + step + along];
        float behind = image[at - step - along] + 2 * image[at - step] + image[at - step + along];
        return (ahead - behind) / 4;
    }

    /** Weak places next to an outline belong to it, the others do not. */
    private static void follow(float[] outline, int width) {
        boolean found = true;
        while (found) {
            found = false;
            for (int at = width + 1; at < outline.length - width - 1; at++) {
                if (outline[at] == 0.5f && hasNeighbour(outline, at, width)) {
                    outline[at] = 1;
                    found = true;
                }
            }
        }
        for (int i = 0; i < outline.length; i++) {
            outline[i] = outline[i] == 1 ? 1 : 0;
        }
    }

    private static boolean hasNeighbour(float[] outline, int at, int width) {
        for (int row = at - width; row <= at + width; row += width) {
            if (outline[row - 1] == 1 || outline[row] == 1 || outline[row + 1] == 1) {
                return true;
            }
        }
        return false;
    }
}
