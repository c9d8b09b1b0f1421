package dev.lenet.api.augmentation;

import java.util.Arrays;

/** What noise, glass, motion, fog and mud do to an image of a test, see {@link Corruption}. */
final class Degradation {
    private static final int PHOTONS = 3;
    private static final float IMPULSES = 0.17f;
    private static final float FOG = 3;
    /** By how much the plasma's steps shrink from one scale to the next. */
    private static final float ROUGHNESS = 1 / 1.4f;

    private static final float MUD = 0.25f;

    private Degradation() {}

    /** Poisson numbers by products of uniform ones (Knuth, The Art of Computer Programming, 3.4.1). */
    static void shotNoise(Plane plane, Draws draws) {
        for (int i = 0; i < plane.pixels.length; i++) {
            double limit = StrictMath.exp(-PHOTONS * plane.pixels[i]);
            int count = -1;
            double product = 1;
            while (product > limit || count < 0) {
                product *= draws.uniform();
                count++;
            }
            plane.pixels[i] = Math.min(1, (float) count / PHOTONS);
        }
    }

    static void saltAndPepper(Plane plane, Draws draws) {
        for (int i = 0; i < plane.pixels.length; i++) {
            float draw = draws.uniform();
            if (draw < IMPULSES) {
                plane.pixels[i] = draw < IMPULSES / 2 ? 0 : 1;
            }
        }
    }

    static void frostedGlass(Plane plane, Draws draws) {
        gaussian(plane.pixels, plane, 0.7f);
        for (int pass = 0; pass < 2; pass++) {
            for (int y = 1; y < plane.height - 1; y++) {
                for (int x = 1; x < plane.width - 1; x++) {
                    if (draws.chance(0.5f)) {
                        int at = y * plane.width + x;
                        int other = at + (draws.below(3) - 1) * plane.width + draws.below(3) - 1;
                        float swapped = plane.pixels[at];
                        plane.pixels[at] = plane.pixels[other];
                        plane.pixels[other] = swapped;
                    }
                }
            }
        }
        gaussian(plane.pixels, plane, 0.7f);
    }

    static void jolt(Plane plane, Draws draws) {
        double angle = StrictMath.toRadians(draws.between(-45, 45));
        double right = StrictMath.cos(angle);
        double down = StrictMath.sin(angle);
        float[] sum = plane.clearedSpare();
        float total = 0;
        for (int step = 0; step < 10; step++) {
            float weight = (float) StrictMath.exp(-step * step / (2.0 * 3 * 3));
            total += weight;
            int dx = (int) StrictMath.rint(step * right);
            int dy = (int) StrictMath.rint(step * down);
            for (int i = 0; i < sum.length; i++) {
                int x = i % plane.width + dx;
                int y = i / plane.width + dy;
                if (x >= 0 && x < plane.width && y >= 0 && y < plane.height) {
                    sum[i] += weight * plane.pixels[y * plane.width + x];
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= total;
        }
        plane.swap();
    }

    /** The diamond-square algorithm on a torus (Fournier, Fussell and Carpenter, 1982). */
    static void fog(Plane plane, Draws draws) {
        int side = Integer.highestOneBit(2 * Math.max(plane.height, plane.width) - 1);
        // Only a corner of a larger plasma is seen, so that the two sides of the image do not meet.
        side *= 2;
        float[] plasma = new float[side * side];
        float size = 1;
        for (int step = side; step > 1; step /= 2) {
            int half = step / 2;
            for (int y = half; y < side; y += step) {
                for (int x = half; x < side; x += step) {
                    float corners = at(plasma, side, x - half, y - half)
                            + at(plasma, side, x + half, y - half)
                            + at(plasma, side, x - half, y + half)
                            + at(plasma, side, x + half, y + half);
                    plasma[y * side + x] = corners / 4 + draws.between(-size, size);
                }
            }
            for (int y = 0; y < side; y += half) {
                for (int x = (y + half) % step; x < side; x += step) {
                    float neighbours = at(plasma, side, x - half, y)
                            + at(plasma, side, x + half, y)
                            + at(plasma, side, x, y - half)
                            + at(plasma, side, x, y + half);
                    plasma[y * side + x] = neighbours / 4 + draws.between(-size, size);
                }
            }
            size *= ROUGHNESS;
        }
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : plasma) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        for (int i = 0; i < plane.pixels.length; i++) {
            float veil = (plasma[i / plane.width * side + i % plane.width] - least) / (most - least);
            plane.pixels[i] = (plane.pixels[i] + FOG * veil) / (1 + FOG);
        }
    }

    private static float at(float[] plasma, int side, int x, int y) {
        return plasma[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
    }

    /** Where smoothed noise is high. */
    static void spatter(Plane plane, Draws draws) {
        float[] noise = new float[plane.pixels.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = draws.uniform() + draws.uniform() + draws.uniform() - 1.5f;
        }
        gaussian(noise, plane, 1);
        float[] blots = new float[noise.length];
        for (int i = 0; i < noise.length; i++) {
            blots[i] = noise[i] > 0.12f ? 1 : 0;
        }
        gaussian(blots, plane, 0.8f);
        for (int i = 0; i < blots.length; i++) {
            float cover = blots[i] < 0.5f ? 0 : blots[i];
            plane.pixels[i] += cover * (MUD - plane.pixels[i]);
        }
    }

    /** Smooths an image of that size; beyond an edge its pixels go on. */
    static void gaussian(float[] image, Plane size, float deviation) {
        int reach = (int) Math.ceil(3 * deviation);
        float[] weights = new float[2 * reach + 1];
        float total = 0;
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = (float) StrictMath.exp(-i * i / (2 * deviation * deviation));
            total += weights[i + reach];
        }
        float[] across = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            int row = i / size.width * size.width;
            for (int k = -reach; k <= reach; k++) {
                int x = Math.min(Math.max(i - row + k, 0), size.width - 1);
                across[i] += weights[k + reach] * image[row + x] / total;
            }
        }
        Arrays.fill(image, 0);
        for (int i = 0; i < image.length; i++) {
            for (int k = -reach; k <= reach; k++) {
                int y = Math.min(Math.max(i / size.width + k, 0), size.height - 1);
                image[i] += weights[k + reach] * across[y * size.width + i % size.width] / total;
            }
        }
    }
}
