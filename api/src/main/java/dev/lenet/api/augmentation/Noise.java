package dev.lenet.api.augmentation;

/** Effects on each pixel by itself. */
final class Noise {
    /** Of the sum of four numbers of 16 bits. */
    private static final float MEAN = 4 * 32767.5f;

    /** One over its standard deviation: that of one of them is 65536 / sqrt(12). */
    private static final float PER_DEVIATION = 0x1p-16f * 1.7320508f;

    private Noise() {}

    /** The sum of four uniform numbers is close to a Gaussian, within 3.5 standard deviations. */
    static void gaussian(Plane plane, float strength, Draws draws) {
        float deviation = 0.3f * strength * draws.uniform() * PER_DEVIATION;
        boolean everywhere = draws.chance(0.5f);
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            long bits = draws.bits();
            long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
            float noise = deviation * (sum - MEAN);
            pixels[i] += everywhere ? noise : 1.5f * noise * pixels[i];
        }
        plane.clip();
    }

    /** Each pixel may become a speck of a tone, which covers its neighbours to the right and below as well if it is large. */
    static void specks(Plane plane, float strength, Draws draws) {
        int side = draws.chance(0.6f) ? 1 : 2 + draws.below(2);
        float share = 0.25f * strength * draws.uniform() / (side * side);
        float white = draws.uniform();
        int limit = (int) (share * 0x1p24f);
        int width = plane.width;
        for (int i = 0; i < plane.pixels.length; i++) {
            long bits = draws.bits();
            if ((bits >>> 40) >= limit) {
                continue;
            }
            float tone = (bits & 0xFFFF) < white * 0x1p16f ? 1 : 0;
            int bottom = Math.min(i / width + side, plane.height);
            int right = Math.min(i % width + side, width);
            for (int y = i / width; y < bottom; y++) {
                for (int x = i % width; x < right; x++) {
                    plane.pixels[y * width + x] = tone;
                }
            }
        }
    }
}
