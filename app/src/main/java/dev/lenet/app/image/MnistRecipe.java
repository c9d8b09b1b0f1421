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
    /** Larger parts are averaged down to this side first, in pixels: it removes the noise of a photo. */
    private static final int WORKING_SIDE = 512;

    /** Of paper around the digit at the closer look, in parts of its longer side. */
    private static final double MARGIN = 0.25;

    private static final int BOX = 20;
    private static final int MIDDLE = 14;

    private MnistRecipe() {}

    /** The digit in 28x28 pixels; null if there is none. */
    static @Nullable GreyImage apply(GreyImage picture) {
        GreyImage ink = Ink.of(part(picture, new Box(0, 0, picture.width(), picture.height())));
        if (ink == null) {
            return null;
        }
        // Once more, closer: a small digit on a large sheet has more pixels now, and a threshold of its own light.
        Box around = Box.around(ink)
                .scaledBy((double) picture.width() / ink.width(), (double) picture.height() / ink.height())
                .withMargin(MARGIN)
                .inside(picture);
        ink = Ink.of(part(picture, around));
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
                GreyImage.scaled(box.width(), scale),
                GreyImage.scaled(box.height(), scale));
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
                GreyImage.scaled(part.width(), scale),
                GreyImage.scaled(part.height(), scale));
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
