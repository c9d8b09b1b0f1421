package dev.lenet.vision;

/**
 * The shade of grey that parts a picture best into dark and light.
 *
 * <p>Of all 255 places to cut the histogram, the one with the largest variance between the two parts. Otsu, "A
 * threshold selection method from gray-level histograms", IEEE Trans. SMC 9(1), 1979.
 *
 * @param value halfway between the last dark and the first light shade
 * @param histogram pixels of each shade, rounded to 0 to 255
 */
record Threshold(float value, int[] histogram) {

    static Threshold of(GreyImage picture) {
        return of(picture, -1);
    }

    /** Of the pixels above a value alone. */
    static Threshold of(GreyImage picture, float above) {
        int[] histogram = new int[256];
        long pixels = 0;
        for (float value : picture.values()) {
            if (value > above) {
                histogram[Math.round(Math.max(0, Math.min(255, value)))]++;
                pixels++;
            }
        }
        double total = 0;
        for (int shade = 0; shade < 256; shade++) {
            total += (double) shade * histogram[shade];
        }
        long count = 0;
        double sum = 0;
        double best = -1;
        int first = 0;
        int last = 0;
        for (int shade = 0; shade < 255; shade++) {
            count += histogram[shade];
            sum += (double) shade * histogram[shade];
            long rest = pixels - count;
            if (count == 0 || rest == 0) {
                continue;
            }
            double apart = sum / count - (total - sum) / rest;
            double variance = apart * apart * count * rest;
            if (variance > best) {
                best = variance;
                first = shade;
            }
            if (variance == best) {
                last = shade;
            }
        }
        // Between two clear shades every cut is as good: take the middle of the gap.
        return new Threshold((first + last + 1) / 2f, histogram);
    }

    /** The mean of the dark pixels. */
    float meanBelow() {
        long count = 0;
        double sum = 0;
        for (int shade = 0; shade < value; shade++) {
            count += histogram[shade];
            sum += (double) shade * histogram[shade];
        }
        return count == 0 ? 0 : (float) (sum / count);
    }

    /** The shade below which that share of the light pixels lies. */
    float quantileAbove(double share) {
        long light = 0;
        for (int shade = 255; shade > value; shade--) {
            light += histogram[shade];
        }
        long below = 0;
        for (int shade = 0; shade < 256; shade++) {
            below += shade > value ? histogram[shade] : 0;
            if (below > 0 && below >= share * light) {
                return shade;
            }
        }
        return 255;
    }
}
