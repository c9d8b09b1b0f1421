package dev.lenet.api.augmentation;

/** Draws what is no digit onto a plane, in the middle, about as large as a digit of MNIST. */
final class Doodles {
    /**
     * Letters that no digit looks like, as strokes in a square of 9 x 9: a pair of numbers is a point (x, y from the top), a space goes on
     * with the stroke, a bar begins another.
     */
    private static final String[] LETTERS = {
        "09 40 89|26 66",
        "80 00 09 89|04 64",
        "80 00 09|04 64",
        "00 09|80 89|04 84",
        "00 09|80 05 89",
        "09 00 45 80 89",
        "09 00 89 80",
        "09 00 60 81 83 65 05",
        "09 00 60 81 83 65 05|45 89",
        "00 80|40 49",
        "00 06 29 69 86 80",
        "00 49 80",
        "00 29 43 69 80",
        "00 89|80 09",
        "00 44 80|44 49",
        "00 09 89",
        "09 03|05 33 45 49|45 73 85 89",
        "09 03|05 43 75 79",
        "09 00|05 43 75 79",
        "40 48 69|04 84",
        "60 41 49|14 74",
        "03 29 45 69 83",
        "40 49|09 40 89",
        "00 80 09 89|24 64",
        "00 09 59 87 82 50 00|04 54",
        "72 51 31 12 04 06 18 39 59 78",
        "83 71 51 31 12 04 06 18 39 59 78 86",
        "12 30 60 82 89|84 34 15 07 18 39 68 86",
        "00 06 18 39 59 78 86 80",
        "00 06 28 58 86|80 89",
        "80 89|84 52 22 04 06 28 58 86",
        "04 84 72 51 31 12 04 06 18 39 69 87",
        "20 80|60 66 48 28 06",
        "02 00 80 82|40 49|29 69",
    };

    private static final float SIDE = 9;

    private final Plane plane;
    private final Draws draws;
    /** The middle of the image, and half the side of what is drawn. */
    private final float centreX;

    private final float centreY;
    private final float half;

    Doodles(Plane plane, Draws draws) {
        this.plane = plane;
        this.draws = draws;
        this.centreX = (plane.width - 1) / 2f;
        this.centreY = (plane.height - 1) / 2f;
        this.half = Math.min(plane.width, plane.height) * draws.between(0.28f, 0.42f);
    }

    /** A letter of straight strokes: any width, slant and pen, its corners moved a little. */
    void letter() {
        float wide = half * draws.between(0.5f, 1);
        float slant = draws.between(-0.3f, 0.3f);
        float shake = draws.between(0, 0.07f);
        float radius = radius();
        for (String stroke : LETTERS[draws.below(LETTERS.length)].split("\\|", -1)) {
            float lastX = 0;
            float lastY = 0;
            boolean begun = false;
            for (String point : stroke.split(" ", -1)) {
                float u = (point.charAt(0) - '0') / SIDE * 2 - 0.9f + draws.between(-shake, shake);
                float v = (point.charAt(1) - '0') / SIDE * 2 - 1 + draws.between(-shake, shake);
                float x = centreX + u * wide - slant * v * half;
                float y = centreY + v * half;
                if (begun) {
                    line(lastX, lastY, x, y, radius);
                }
                lastX = x;
                lastY = y;
                begun = true;
            }
        }
    }

    /** A pen that wanders, turning ever another way. */
    void scribble() {
        float radius = radius();
        float x = centreX + half * draws.between(-0.8f, 0.8f);
        float y = centreY + half * draws.between(-0.8f, 0.8f);
        double angle = 2 * Math.PI * draws.uniform();
        double turn = draws.between(-0.5f, 0.5f);
        float jolt = draws.between(0.1f, 0.7f);
        int steps = 20 + draws.below(80);
        for (int i = 0; i < steps; i++) {
            turn = 0.9 * turn + draws.between(-jolt, jolt);
            angle += turn;
            x += (float) StrictMath.cos(angle);
            y += (float) StrictMath.sin(angle);
            if (Math.abs(x - centreX) > half || Math.abs(y - centreY) > half) {
                // Back towards the middle.
                angle = StrictMath.atan2(centreY - y, centreX - x) + draws.between(-0.5f, 0.5f);
                turn = 0;
            }
            dot(x, y, radius);
        }
    }

    /** Discs, boxes and triangles, filled, with holes in half of them. */
    void solids() {
        int count = 1 + draws.below(3);
        for (int i = 0; i < count; i++) {
            Region region = region(count == 1 ? draws.between(0.6f, 1) : draws.between(0.25f, 0.7f), i > 0);
            float tone = draws.between(0.6f, 1.3f);
            fill(region, tone);
        }
        int holes = draws.chance(0.5f) ? 1 + draws.below(4) : 0;
        for (int i = 0; i < holes; i++) {
            fill(region(draws.between(0.08f, 0.3f), true), draws.chance(0.7f) ? 0 : 0.5f);
        }
    }

    /** Boxes, triangles and other polygons drawn with a pen, perhaps with a stroke across. */
    void outlines() {
        int corners = 3 + draws.below(5);
        float radius = radius();
        float star = draws.chance(0.4f) ? draws.between(0.3f, 0.7f) : 1;
        double angle = 2 * Math.PI * draws.uniform();
        int points = star < 1 ? 2 * corners : corners;
        float[] x = new float[points + 1];
        float[] y = new float[points + 1];
        for (int i = 0; i <= points; i++) {
            float size = half * (i % 2 == 1 ? star : 1);
            x[i] = centreX + size * (float) StrictMath.cos(angle + 2 * Math.PI * (i % points) / points);
            y[i] = centreY + size * (float) StrictMath.sin(angle + 2 * Math.PI * (i % points) / points);
        }
        for (int i = 0; i < points; i++) {
            line(x[i], y[i], x[i + 1], y[i + 1], radius);
        }
        if (draws.chance(0.5f)) {
            int from = draws.below(points);
            int to = (from + points / 2) % points;
            line(x[from], y[from], x[to], y[to], radius);
        }
    }

    /** A closed line, round or with corners, and a few dots and short strokes inside; an empty one would be a zero. */
    void marksInside() {
        float radius = radius() * 0.8f;
        int corners = draws.chance(0.5f) ? 24 : 3 + draws.below(4);
        float wide = half * draws.between(0.7f, 1);
        double turn = 2 * Math.PI * draws.uniform();
        float lastX = 0;
        float lastY = 0;
        for (int i = 0; i <= corners; i++) {
            double angle = turn + 2 * Math.PI * (i % corners) / corners;
            float x = centreX + wide * (float) StrictMath.cos(angle);
            float y = centreY + half * (float) StrictMath.sin(angle);
            if (i > 0) {
                line(lastX, lastY, x, y, radius);
            }
            lastX = x;
            lastY = y;
        }
        int marks = 2 + draws.below(4);
        for (int i = 0; i < marks; i++) {
            float x = centreX + wide * draws.between(-0.5f, 0.5f);
            float y = centreY + half * draws.between(-0.5f, 0.5f);
            float length = draws.chance(0.5f) ? 0 : half * draws.between(0.2f, 0.6f);
            double angle = 2 * Math.PI * draws.uniform();
            float right = length * (float) StrictMath.cos(angle);
            float down = length * (float) StrictMath.sin(angle);
            line(x, y, x + right, y + down, radius);
        }
    }

    /** Waves, checks, stripes, smooth noise or noise of each pixel; over the image, or in a box in the middle. */
    void texture() {
        int kind = draws.below(4);
        boolean boxed = draws.chance(0.5f);
        double angle = Math.PI * draws.uniform();
        double perPixel = 2 * Math.PI / draws.between(2.5f, 14);
        double right = perPixel * StrictMath.cos(angle);
        double down = perPixel * StrictMath.sin(angle);
        double phase = 2 * Math.PI * draws.uniform();
        boolean sharp = draws.chance(0.5f);
        float contrast = draws.between(0.3f, 1);
        float paper = draws.between(0, 1 - contrast);
        if (kind == 2) {
            Light.shadow(plane, 1, draws);
            Light.shadow(plane, 1, draws);
        }
        for (int i = 0; i < plane.pixels.length; i++) {
            int x = i % plane.width;
            int y = i / plane.width;
            double wave =
                    switch (kind) {
                        case 0 -> StrictMath.sin(x * right + y * down + phase);
                        case 1 ->
                            StrictMath.sin(x * right + y * down + phase)
                                    * StrictMath.sin(x * down - y * right + 2 * phase);
                        case 2 -> 4 * plane.pixels[i] - 1;
                        default -> 2 * draws.uniform() - 1;
                    };
            float tone = (float) (sharp ? Math.signum(wave) : wave) / 2 + 0.5f;
            boolean inside = !boxed || Math.max(Math.abs(x - centreX), Math.abs(y - centreY)) < half;
            plane.pixels[i] = inside ? paper + contrast * tone : 0;
        }
    }

    private float radius() {
        return draws.between(0.7f, 1.7f);
    }

    private void line(float x0, float y0, float x1, float y1, float radius) {
        float length = (float) Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
        int steps = 1 + Math.round(2 * length);
        for (int i = 0; i <= steps; i++) {
            float t = (float) i / steps;
            dot(x0 + t * (x1 - x0), y0 + t * (y1 - y0), radius);
        }
    }

    private void dot(float x, float y, float radius) {
        Shapes.dot(plane, plane.pixels, x, y, radius);
    }

    /** How far a point is outside of a region, in pixels; below 0 inside. */
    private interface Region {
        float distance(float x, float y);
    }

    private Region region(float share, boolean moved) {
        float size = half * share;
        float x = centreX + (moved ? half * draws.between(-0.7f, 0.7f) : 0);
        float y = centreY + (moved ? half * draws.between(-0.7f, 0.7f) : 0);
        float flat = draws.between(0.6f, 1.5f);
        return switch (draws.below(3)) {
            case 0 -> (px, py) -> (float) Math.sqrt((px - x) * (px - x) * flat + (py - y) * (py - y) / flat) - size;
            case 1 -> (px, py) -> Math.max(Math.abs(px - x) * flat, Math.abs(py - y)) - size;
            default -> (px, py) -> Math.max(y - size / 2 - py, Math.abs(px - x) * 0.87f + (py - y) / 2 - size / 2);
        };
    }

    private void fill(Region region, float tone) {
        for (int i = 0; i < plane.pixels.length; i++) {
            float distance = region.distance(i % plane.width, (float) Math.floorDiv(i, plane.width));
            float inside = Math.min(1, Math.max(0, 0.5f - distance));
            plane.pixels[i] += inside * (Math.min(1, tone) - plane.pixels[i]);
        }
    }
}
