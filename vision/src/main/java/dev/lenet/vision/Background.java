package dev.lenet.vision;

/**
 * What a picture would show if nothing were written on it: paper or board, under whatever light and shadow.
 *
 * <p>A morphological closing: what is dark and narrower than a window vanishes, a shadow wider than that stays. A light
 * ink on a dark background vanishes by the opposite, an opening. Both are computed on a coarse copy, whose pixels are means
 * of many, so that the noise of a photo does not matter. Serra, Image Analysis and Mathematical Morphology, 1982.
 *
 * <p>Where the edge of a shadow leaves the picture, a window that ends with the picture fills the corner between the two,
 * and the corner stands out like ink. {@link #continued} lets the picture go on beyond its border, which keeps any straight
 * edge. But a stroke along the border goes on as well, and becomes background: it tells whether there is ink, not where.
 *
 * @param inkIsDark whether the ink is darker than the background
 * @param coarse the copy without its ink
 */
record Background(boolean inkIsDark, GreyImage coarse) {
    /** Of the copy, in pixels. */
    private static final int SIDE = 128;

    /** Half the window, in parts of the longer side: no stroke of a digit is a third as wide as its picture. */
    private static final double OF_LONGER = 1 / 6.0;

    /** In parts of the shorter side, where that is less: in a row of digits a stroke is narrower. */
    private static final double OF_SHORTER = 1 / 3.0;

    static Background of(GreyImage picture) {
        GreyImage coarse = picture.shrunkTo(SIDE);
        int radius = radius(coarse);
        GreyImage lightest = SlidingMaximum.of(coarse, radius);
        GreyImage darkest = darkest(coarse, radius);
        return isInkDark(coarse, lightest, darkest)
                ? new Background(true, darkest(lightest, radius))
                : new Background(false, SlidingMaximum.of(darkest, radius));
    }

    /** The background of the same ink, as if the picture's outermost pixels went on for ever. */
    Background continued(GreyImage picture) {
        GreyImage narrow = picture.shrunkTo(SIDE);
        int radius = radius(narrow);
        GreyImage wide = narrow.framed(2 * radius);
        GreyImage closed = inkIsDark
                ? darkest(SlidingMaximum.of(wide, radius), radius)
                : SlidingMaximum.of(darkest(wide, radius), radius);
        return new Background(
                inkIsDark,
                closed.resized(
                        2 * radius, 2 * radius, narrow.width(), narrow.height(), narrow.width(), narrow.height()));
    }

    private static int radius(GreyImage coarse) {
        int longer = Math.max(coarse.width(), coarse.height());
        int shorter = Math.min(coarse.width(), coarse.height());
        return Math.max(1, (int) Math.round(Math.min(OF_LONGER * longer, OF_SHORTER * shorter)));
    }

    private static GreyImage darkest(GreyImage image, int radius) {
        return SlidingMaximum.of(image.inverted(), radius).inverted();
    }

    /**
     * Whether the ink is darker than the background. Where the greys of a window are far apart there is a stroke, and
     * around strokes there is more background than ink. The edge of a shadow has as much on either side, and does not count.
     * The windows are those of Bernsen, "Dynamic thresholding of grey-level images", ICPR 1986.
     */
    private static boolean isInkDark(GreyImage coarse, GreyImage lightest, GreyImage darkest) {
        float most = 0;
        for (int i = 0; i < coarse.values().length; i++) {
            most = Math.max(most, lightest.values()[i] - darkest.values()[i]);
        }
        int dark = 0;
        int light = 0;
        for (int i = 0; i < coarse.values().length; i++) {
            float high = lightest.values()[i];
            float low = darkest.values()[i];
            if (high - low > most / 2) {
                if (coarse.values()[i] < (high + low) / 2) {
                    dark++;
                } else {
                    light++;
                }
            }
        }
        return dark <= light;
    }
}
