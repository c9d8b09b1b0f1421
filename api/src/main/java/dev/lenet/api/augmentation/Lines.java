package dev.lenet.api.augmentation;

/** Lines that cross an image of a test, see {@link Corruption}. */
final class Lines {
    /** Half the width of a line and of its soft edge, in pixels. */
    private static final float RADIUS = 0.6f;

    private static final float EDGE = 1.4f;
    private static final int DASH = 3;
    private static final int TOOTH = 2;

    private Lines() {}

    static void dashed(Plane plane, Draws draws) {
        float start = draws.between(0, plane.height - 1);
        float end = draws.between(0, plane.height - 1);
        float down = (end - start) / (plane.width - 1);
        for (int x = 0; x < plane.width; x += 2 * DASH) {
            segment(plane, x, start + x * down, x + DASH - 1, start + (x + DASH - 1) * down);
        }
    }

    static void zigzag(Plane plane, Draws draws) {
        float start = draws.between(0, plane.height - 1);
        float down = draws.between(-5, 5) / plane.width;
        float fromX = 2;
        float fromY = start;
        int side = 1;
        for (int x = 2 + TOOTH; x < plane.width - 2; x += 2 * TOOTH) {
            float y = start + x * down + side * TOOTH;
            segment(plane, fromX, fromY, x, y);
            fromX = x;
            fromY = y;
            side = -side;
        }
    }

    /** Draws a straight line in white. */
    private static void segment(Plane plane, float x0, float y0, float x1, float y1) {
        float dx = x1 - x0;
        float dy = y1 - y0;
        float perLength = 1 / (dx * dx + dy * dy);
        for (int i = 0; i < plane.pixels.length; i++) {
            float x = i % plane.width;
            int y = i / plane.width;
            float along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) * perLength));
            float offX = x - x0 - along * dx;
            float offY = y - y0 - along * dy;
            float distance = (float) Math.sqrt(offX * offX + offY * offY);
            float ink = Math.min(1, Math.max(0, 1 - (distance - RADIUS) / EDGE));
            plane.pixels[i] = Math.max(plane.pixels[i], ink);
        }
    }
}
