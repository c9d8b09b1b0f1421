package dev.lenet.api.augmentation;

/** Effects of paper, ink and light: on tones, wherever they are. */
final class Light {
    /** The largest number of places along a side between which a veil is interpolated, ends included. */
    private static final int MOST_NODES = 9;

    private Light() {}

    /**
     * Tones from that of the paper to that of the ink, along a curve. The curve is Schlick's bias, which is close to a power and needs
     * none: {@code p / ((1 / a - 2) (1 - p) + 1)}, the straight line for a = 1/2 (Schlick, "Fast alternatives to Perlin's bias
     * and gain functions", Graphics Gems IV, 1994).
     */
    static void tone(Plane plane, float strength, Draws draws) {
        float paper = 0.6f * strength * draws.uniform();
        float contrast = (1 - paper) * (1 - 0.6f * strength * draws.uniform());
        float bend = 1 / draws.between(0.5f - 0.3f * strength, 0.5f + 0.3f * strength) - 2;
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            float p = pixels[i];
            pixels[i] = paper + contrast * (p / (bend * (1 - p) + 1));
        }
    }

    /** Value noise of one to three octaves: a veil that is added and takes contrast, or a shadow that is multiplied. */
    static void shadow(Plane plane, float strength, Draws draws) {
        float[] veil = plane.clearedSpare();
        int nodes = 2 + draws.below(2);
        int octaves = 1 + draws.below(3);
        float amplitude = 1;
        float total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            addValueNoise(veil, plane.height, plane.width, nodes, amplitude, draws);
            total += amplitude;
            amplitude *= 0.6f;
            nodes = Math.min(2 * nodes - 1, MOST_NODES);
        }
        float scale = 1 / total;
        float amount = 3 * strength * draws.uniform();
        boolean adds = draws.chance(0.7f);
        float[] pixels = plane.pixels;
        for (int i = 0; i < pixels.length; i++) {
            float veiled = amount * scale * veil[i];
            pixels[i] = adds ? (pixels[i] + veiled) / (1 + amount) : pixels[i] * (1 - 0.3f * veiled);
        }
        if (adds) {
            // As an exposure would have it: the ink stays close to white.
            float gain = 1 + draws.uniform() * amount / 3;
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] *= gain;
            }
            plane.clip();
        }
    }

    /** Random tones at nodes x nodes places, smooth between them. */
    private static void addValueNoise(float[] target, int height, int width, int nodes, float amplitude, Draws draws) {
        float[] values = new float[nodes * nodes];
        for (int i = 0; i < values.length; i++) {
            values[i] = amplitude * draws.uniform();
        }
        float[] row = new float[nodes];
        for (int y = 0; y < height; y++) {
            float at = y * (nodes - 1f) / height;
            int above = (int) at;
            float down = smooth(at - above);
            for (int n = 0; n < nodes; n++) {
                float top = values[above * nodes + n];
                row[n] = top + down * (values[(above + 1) * nodes + n] - top);
            }
            for (int x = 0; x < width; x++) {
                float place = x * (nodes - 1f) / width;
                int left = (int) place;
                target[y * width + x] += row[left] + smooth(place - left) * (row[left + 1] - row[left]);
            }
        }
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }
}
