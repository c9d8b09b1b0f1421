package dev.lenet.api.network;

/**
 * Rows and columns of a window or a border, in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record Size2d(int height, int width) {

    /** The same in both directions. */
    public static Size2d square(int side) {
        return new Size2d(side, side);
    }

    public boolean isSquare() {
        return height == width;
    }

    /**
     * Height and width, where they are the same.
     *
     * @throws IllegalStateException if they are not
     */
    public int side() {
        if (!isSquare()) {
            throw new IllegalStateException(
                    "Size2d: expected a square, received " + this + ". Ask for its height and width.");
        }
        return height;
    }

    /** {@code 5} for a square, otherwise {@code 3x5}. */
    @Override
    public String toString() {
        return isSquare() ? String.valueOf(height) : height + "x" + width;
    }
}
