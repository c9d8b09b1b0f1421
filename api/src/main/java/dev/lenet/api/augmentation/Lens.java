package dev.lenet.api.augmentation;

/** Blurs. Beyond an edge its pixels go on. */
final class Lens {
    private Lens() {}

    /** One to five times a quarter, a half and a quarter of three neighbours in each direction: a variance of 1/2 pixel each time. */
    static void blur(Plane plane, float strength, Draws draws) {
        float times = 5 * strength * strength * draws.uniform();
        int whole = (int) times;
        for (int i = 0; i < whole; i++) {
            smooth(plane);
        }
        float[] before = plane.pixels.clone();
        smooth(plane);
        float rest = times - whole;
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = before[i] + rest * (pixels[i] - before[i]);
        }
    }

    private static void smooth(Plane plane) {
        int width = plane.width;
        float[] from = plane.pixels;
        float[] across = plane.spare();
        for (int row = 0; row < from.length; row += width) {
            int last = row + width - 1;
            across[row] = 0.75f * from[row] + 0.25f * from[Math.min(row + 1, last)];
            across[last] = 0.75f * from[last] + 0.25f * from[Math.max(last - 1, row)];
            for (int i = row + 1; i < last; i++) {
                across[i] = 0.25f * (from[i - 1] + from[i + 1]) + 0.5f * from[i];
            }
        }
        for (int y = 0; y < plane.height; y++) {
            int row = y * width;
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, plane.height - 1) * width;
            for (int x = 0; x < width; x++) {
                from[row + x] = 0.25f * (across[above + x] + across[below + x]) + 0.5f * across[row + x];
            }
        }
    }

    /** The mean of images that are shifted by whole pixels along a line through the centre. */
    static void motion(Plane plane, float strength, Draws draws) {
        int steps = 1 + Math.round(6 * strength * draws.uniform());
        double angle = StrictMath.PI * draws.uniform();
        float right = (float) StrictMath.cos(angle);
        float down = (float) StrictMath.sin(angle);
        float[] sum = plane.clearedSpare();
        for (int step = 0; step < steps; step++) {
            float along = step - (steps - 1) / 2f;
            add(plane, sum, Math.round(along * right), Math.round(along * down));
        }
        float share = 1f / steps;
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= share;
        }
        plane.swap();
    }

    private static void add(Plane plane, float[] sum, int right, int down) {
        int width = plane.width;
        float[] pixels = plane.pixels;
        int first = Math.min(Math.max(-right, 0), width);
        int end = Math.max(Math.min(width - right, width), 0);
        for (int y = 0; y < plane.height; y++) {
            int to = y * width;
            int from = Math.min(Math.max(y + down, 0), plane.height - 1) * width;
            for (int x = 0; x < first; x++) {
                sum[to + x] += pixels[from];
            }
            for (int x = first; x < end; x++) {
                sum[to + x] += pixels[from + x + right];
            }
            for (int x = end; x < width; x++) {
                sum[to + x] += pixels[from + width - 1];
            }
        }
    }
}
