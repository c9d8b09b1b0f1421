package dev.lenet.api.augmentation;

/** Effects on what is drawn: grey-scale morphology with a square of 3 x 3 pixels, of which those beyond an edge are left out. */
final class Strokes {
    /** A stroke of MNIST is about three pixels wide, so a whole erosion would leave little of it. */
    private static final float MOST_EROSION = 0.7f;

    private Strokes() {}

    static void thickness(Plane plane, float strength, Draws draws) {
        boolean thicker = draws.chance(0.5f);
        float share = strength * draws.uniform();
        spread(plane, thicker);
        plane.mix(thicker ? share : MOST_EROSION * share);
    }

    /** The inner or the outer outline, in its own tones or in black and white. */
    static void edges(Plane plane, float strength, Draws draws) {
        boolean outer = draws.chance(0.5f);
        float gain = draws.between(1, 2);
        boolean sharp = draws.chance(0.4f);
        float share = strength * draws.between(0.5f, 1);
        spread(plane, outer);
        float[] pixels = plane.pixels;
        float[] outline = plane.spare();
        for (int i = 0; i < outline.length; i++) {
            float edge = Math.min(1, gain * Math.abs(outline[i] - pixels[i]));
            outline[i] = !sharp ? edge : edge > 0.5f ? 1 : 0;
        }
        plane.mix(share);
    }

    /** Writes the largest or smallest of nine neighbours to the spare array. */
    private static void spread(Plane plane, boolean largest) {
        int width = plane.width;
        int height = plane.height;
        float[] from = plane.pixels;
        float[] to = plane.spare();
        float sign = largest ? 1 : -1;
        float[] across = new float[from.length];
        for (int row = 0; row < from.length; row += width) {
            int last = row + width - 1;
            across[row] = Math.max(sign * from[row], sign * from[Math.min(row + 1, last)]);
            across[last] = Math.max(sign * from[last], sign * from[Math.max(last - 1, row)]);
            for (int i = row + 1; i < last; i++) {
                across[i] = Math.max(sign * from[i - 1], Math.max(sign * from[i], sign * from[i + 1]));
            }
        }
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x++) {
                to[row + x] = sign * Math.max(across[above + x], Math.max(across[row + x], across[below + x]));
            }
        }
    }
}
