package dev.lenet.notebooks;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * A picture as the last value of a cell, or for {@code display(...)}.
 *
 * @param image with {@link Canvas#SCALE} pixels for each unit of width and height
 * @param text what it shows, for who cannot see it
 */
public record Picture(BufferedImage image, String text) {
    private static final int GAP = 10;

    /** On the screen, in CSS pixels. */
    public int width() {
        return image.getWidth() / Canvas.SCALE;
    }

    /** On the screen, in CSS pixels. */
    public int height() {
        return image.getHeight() / Canvas.SCALE;
    }

    /** This picture with another one to its right. */
    public Picture beside(Picture right) {
        Canvas canvas = new Canvas(width() + GAP + right.width(), Math.max(height(), right.height()));
        BufferedImage both = canvas.picture("").image();
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.drawImage(right.image, (width() + GAP) * Canvas.SCALE, 0, null);
        graphics.dispose();
        return new Picture(both, text + "; " + right.text);
    }

    /** The bytes of a PNG file. */
    public byte[] png() {
        return Png.bytes(image);
    }
}
