package dev.lenet.api.augmentation;

/** Effects that draw something onto the image which does not belong to the digit. */
final class Shapes {
    private static final int CURVE_POINTS = 64;

    private Shapes() {}

    /** Quadratic Bezier curves from one side of the image to another, most of them wavy. */
    static void scribble(Plane plane, float strength, Draws draws) {
        int count = draws.chance(0.7f) ? 1 : 2;
        for (int i = 0; i < count; i++) {
            float[] coverage = plane.clearedSpare();
            // Dark ink takes from the digit, so it is thin.
            boolean light = draws.chance(0.85f);
            float radius = light ? 0.5f + strength * draws.uniform() : 0.5f;
            float tone = light ? draws.between(0.5f, 1.3f) : 0;
            drawCurve(plane, coverage, radius, draws);
            float[] pixels = plane.pixels;
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] += coverage[p] * (Math.min(1, tone) - pixels[p]);
            }
        }
    }

    private static void drawCurve(Plane plane, float[] coverage, float radius, Draws draws) {
        boolean across = draws.chance(0.5f);
        float right = plane.width - 1;
        float bottom = plane.height - 1;
        float startX = across ? 0 : draws.between(0, right);
        float startY = across ? draws.between(0, bottom) : 0;
        float endX = across ? draws.between(0.5f * right, right) : draws.between(0, right);
        float endY = across ? draws.between(0, bottom) : draws.between(0.5f * bottom, bottom);
        float pullX = draws.between(-0.2f * right, 1.2f * right);
        float pullY = draws.between(-0.2f * bottom, 1.2f * bottom);
        float waves = draws.chance(0.6f) ? draws.between(1, 7) : 0;
        float height = waves == 0 ? 0 : draws.between(0.5f, 3);
        for (int i = 0; i <= CURVE_POINTS; i++) {
            float t = (float) i / CURVE_POINTS;
            float s = 1 - t;
            float wave = height * (float) StrictMath.sin(2 * Math.PI * waves * t);
            float x = s * s * startX + 2 * s * t * pullX + t * t * endX + (across ? 0 : wave);
            float y = s * s * startY + 2 * s * t * pullY + t * t * endY + (across ? wave : 0);
            dot(plane, coverage, x, y, radius);
        }
    }

    /** A disc with an edge one pixel wide. */
    static void dot(Plane plane, float[] coverage, float x, float y, float radius) {
        float reach = radius + 0.5f;
        int top = Math.max(0, (int) Math.ceil(y - reach));
        int bottom = Math.min(plane.height - 1, (int) Math.floor(y + reach));
        int left = Math.max(0, (int) Math.ceil(x - reach));
        int right = Math.min(plane.width - 1, (int) Math.floor(x + reach));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                float dx = column - x;
                float dy = row - y;
                float inside = Math.min(1, reach - (float) Math.sqrt(dx * dx + dy * dy));
                int at = row * plane.width + column;
                coverage[at] = Math.max(coverage[at], inside);
            }
        }
    }

    /** Each lies across the whole image, along it, or is as long as it is wide by chance. */
    static void bands(Plane plane, float strength, Draws draws) {
        int count = 1 + draws.below(2);
        for (int i = 0; i < count; i++) {
            int direction = draws.below(3);
            float most = 3 + 15 * strength;
            int tall = direction == 0 ? plane.height : Math.round(draws.between(1, most));
            int wide = direction == 1 ? plane.width : Math.round(draws.between(1, most));
            int top = direction == 0 ? 0 : draws.below(plane.height);
            int left = direction == 1 ? 0 : draws.below(plane.width);
            // Half of them are inverted.
            int kind = Math.max(0, draws.below(4) - 1);
            float tone = draws.uniform();
            // A cover hides what lies beneath, so it is narrow.
            int limit = kind == 1 ? 2 + Math.round(5 * strength) : Integer.MAX_VALUE;
            int bottom = Math.min(top + Math.min(tall, direction == 0 ? tall : limit), plane.height);
            int right = Math.min(left + Math.min(wide, direction == 1 ? wide : limit), plane.width);
            paint(plane, top, bottom, left, right, kind, tone);
        }
    }

    /** @param kind 0 inverts, 1 covers, 2 makes lighter */
    private static void paint(Plane plane, int top, int bottom, int left, int right, int kind, float tone) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int at = y * plane.width + x;
                float p = plane.pixels[at];
                plane.pixels[at] = switch (kind) {
                    case 0 -> 1 - p;
                    case 1 -> tone;
                    default -> 0.7f * tone + (1 - 0.7f * tone) * p;
                };
            }
        }
    }
}
