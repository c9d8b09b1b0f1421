package dev.lenet.vision;

import org.jspecify.annotations.Nullable;

/**
 * Turns any picture of a digit into what the makers of MNIST made of theirs.
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

    /**
     * The ink of a part of a picture.
     *
     * @param part where it is, in pixels of the picture
     * @param ink of the part, in a size of its own
     */
    record View(Box part, GreyImage ink) {}

    /** Finds what is written; null if nothing is. */
    static @Nullable View look(GreyImage picture) {
        View far = look(picture, new Box(0, 0, picture.width(), picture.height()));
        if (far == null) {
            return null;
        }
        // Once more, closer: a small digit on a large sheet has more pixels now, and a threshold of its own light.
        Box around = Box.around(far.ink())
                .scaledBy(
                        (double) picture.width() / far.ink().width(),
                        (double) picture.height() / far.ink().height())
                .withMargin(MARGIN)
                .inside(picture);
        return look(picture, around);
    }

    private static @Nullable View look(GreyImage picture, Box part) {
        GreyImage ink = Ink.of(picture.shrunkTo(WORKING_SIDE, part));
        return ink == null ? null : new View(part, ink);
    }

    /** All of the ink as one digit. */
    static DigitImage whole(View view) {
        return digit(view.ink(), Box.around(view.ink()));
    }

    /** The digit in that box in 28x28 pixels. */
    static DigitImage digit(GreyImage ink, Box box) {
        double scale = (double) BOX / Math.max(box.width(), box.height());
        GreyImage digit = ink.resized(
                box.left(),
                box.top(),
                box.width(),
                box.height(),
                GreyImage.scaled(box.width(), scale),
                GreyImage.scaled(box.height(), scale));
        return new DigitImage(centred(stretched(digit)).bytes());
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
