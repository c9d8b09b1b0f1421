package dev.lenet.app.image;

import org.jspecify.annotations.Nullable;

/**
 * Makes of any picture of a digit what the makers of MNIST made of theirs.
 *
 * <p>Ink light on a black background; cropped to the ink; scaled by averaging to a box of 20x20 without changing its
 * proportions; and laid into 28x28 so that the centre of mass is in the middle (LeCun, Cortes and Burges, the MNIST
 * page). The middle is the pixel with index 14 in both directions: over all 70,000 images of MNIST the centre of mass
 * lies between 13.48 and 14.50, the longer side of the box is 20 pixels (19 in 16 images), and the lightest pixel is at
 * least 254.
 */
final class MnistRecipe {
    /** Between ink and background, of 255. A pencil on white paper has about 80, the noise of a photo 10. */
    static final float LEAST_CONTRAST = 20;

    /** Larger parts are averaged down to this side first, in pixels: it removes the noise of a photo. */
    private static final int WORKING_SIDE = 512;

    /** Where ink is fully white: this share of it may be lighter still. */
    private static final double SATURATED = 0.1;

    /** A separate piece of ink is a speck if it has less than this share of the largest piece's. */
    private static final double SPECK = 0.02;

    /** Of paper around the digit at the closer look, in parts of its longer side. */
    private static final double MARGIN = 0.25;

    private static final int BOX = 20;
    private static final int MIDDLE = 14;

    private MnistRecipe() {}

    /** The digit in 28x28 pixels; null if there is none. */
    static @Nullable GreyImage apply(GreyImage picture) {
        GreyImage ink = ink(part(picture, new Box(0, 0, picture.width(), picture.height())));
        if (ink == null) {
            return null;
        }
        // Once more, closer: a small digit on a large sheet has more pixels now, and a threshold of its own light.
        Box around = Box.around(ink)
                .scaledBy((double) picture.width() / ink.width(), (double) picture.height() / ink.height())
                .withMargin(MARGIN)
                .inside(picture);
        ink = ink(part(picture, around));
        if (ink == null) {
            return null;
        }
        Box box = Box.around(ink);
        double scale = (double) BOX / Math.max(box.width(), box.height());
        GreyImage digit = ink.resized(
                box.left(),
                box.top(),
                box.width(),
                box.height(),
                scaled(box.width(), scale),
                scaled(box.height(), scale));
        return centred(stretched(digit));
    }

    /** A part of the picture, averaged down if it is large. */
    private static GreyImage part(GreyImage picture, Box part) {
        double scale = Math.min(1, (double) WORKING_SIDE / Math.max(part.width(), part.height()));
        return picture.resized(
                part.left(),
                part.top(),
                part.width(),
                part.height(),
                scaled(part.width(), scale),
                scaled(part.height(), scale));
    }

    private static int scaled(int size, double scale) {
        return Math.max(1, (int) Math.round(size * scale));
    }

    /** Ink white, paper 0 whatever its grey, specks of dust gone; null if there is no ink. */
    private static @Nullable GreyImage ink(GreyImage picture) {
        Threshold threshold = Threshold.of(picture);
        if (picture.borderMedian() > threshold.value()) {
            // Dark on light: the border is paper.
            picture = picture.inverted();
            threshold = Threshold.of(picture);
        }
        float paper = threshold.meanBelow();
        float full = threshold.quantileAbove(1 - SATURATED);
        if (full - paper < LEAST_CONTRAST) {
            return null;
        }
        // Halfway from the paper to the threshold is still paper with its grain; what is above keeps its proportion,
        // so that the smooth edge of a stroke stays smooth.
        float grain = (paper + threshold.value()) / 2;
        float[] ink = new float[picture.values().length];
        for (int i = 0; i < ink.length; i++) {
            float value = picture.values()[i];
            ink[i] = value <= grain ? 0 : Math.min(255, 255 * (value - paper) / (full - paper));
        }
        Pieces.removeSmall(picture.width(), picture.height(), ink, SPECK);
        return new GreyImage(picture.width(), picture.height(), ink);
    }

    /** With 255 as the largest value: averaging made thin strokes fainter than any in MNIST. */
    private static GreyImage stretched(GreyImage digit) {
        float most = 0;
        for (float value : digit.values()) {
            most = Math.max(most, value);
        }
        float[] stretched = new float[digit.values().length];
        for (int i = 0; i < stretched.length; i++) {
            stretched[i] = 255 * digit.values()[i] / most;
        }
        return new GreyImage(digit.width(), digit.height(), stretched);
    }

    private static GreyImage centred(GreyImage digit) {
        double mass = 0;
        double momentX = 0;
        double momentY = 0;
        for (int y = 0; y < digit.height(); y++) {
            for (int x = 0; x < digit.width(); x++) {
                mass += digit.at(x, y);
                momentX += (double) x * digit.at(x, y);
                momentY += (double) y * digit.at(x, y);
            }
        }
        int left = offset(momentX / mass, digit.width());
        int top = offset(momentY / mass, digit.height());
        float[] field = new float[DigitImage.SIDE * DigitImage.SIDE];
        for (int y = 0; y < digit.height(); y++) {
            for (int x = 0; x < digit.width(); x++) {
                field[(top + y) * DigitImage.SIDE + left + x] = digit.at(x, y);
            }
        }
        return new GreyImage(DigitImage.SIDE, DigitImage.SIDE, field);
    }

    /** Brings the centre within half a pixel of the middle, or as near as the box fits into the field. */
    private static int offset(double centre, int size) {
        int offset = (int) Math.round(MIDDLE - centre);
        return Math.max(0, Math.min(DigitImage.SIDE - size, offset));
    }
}
