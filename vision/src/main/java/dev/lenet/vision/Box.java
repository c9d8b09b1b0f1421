package dev.lenet.vision;

/**
 * A rectangle of pixels.
 *
 * @param right exclusive
 * @param bottom exclusive
 */
record Box(int left, int top, int right, int bottom) {

    /** The smallest that holds everything above 0; there has to be something. */
    static Box around(GreyImage ink) {
        int left = ink.width();
        int top = ink.height();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                if (ink.at(x, y) > 0) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new Box(left, top, right, bottom);
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    /** Grown so far as to hold that pixel too. */
    Box with(int x, int y) {
        return x >= left && x < right && y >= top && y < bottom
                ? this
                : new Box(Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1));
    }

    /** The smallest that holds both. */
    Box with(Box other) {
        return new Box(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    /** The same place in a picture that many times as wide and high. */
    Box scaledBy(double horizontally, double vertically) {
        return new Box(
                (int) Math.floor(left * horizontally),
                (int) Math.floor(top * vertically),
                (int) Math.ceil(right * horizontally),
                (int) Math.ceil(bottom * vertically));
    }

    /** Larger on each side by that part of the longer side, and by 2 pixels at least. */
    Box withMargin(double part) {
        int margin = 2 + (int) (part * Math.max(width(), height()));
        return new Box(left - margin, top - margin, right + margin, bottom + margin);
    }

    /** What of it lies inside the picture. */
    Box inside(GreyImage picture) {
        return new Box(
                Math.max(0, left),
                Math.max(0, top),
                Math.min(picture.width(), right),
                Math.min(picture.height(), bottom));
    }
}
