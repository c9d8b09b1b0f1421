package dev.lenet.app.photo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * A written sheet, before there is light: how much of each pixel is covered with ink.
 *
 * @param ink row-major, 0 to 1; not copied
 */
record Sheet(int width, int height, float[] ink) {
    private static final int SIDE = 28;

    /** Of a stroke's profile in MNIST; what is above becomes pen, sharp-edged as a pen is when looked at closely. */
    private static final double EDGE = 0.4;

    static Sheet blank(int width, int height) {
        return new Sheet(width, height, new float[width * height]);
    }

    /**
     * Writes a digit of MNIST with its 28x28 field in a square.
     *
     * @param pixels unsigned, 0 for the background
     * @param tilt radians, clockwise
     */
    void write(byte[] pixels, double left, double top, double side, double tilt) {
        double scale = SIDE / side;
        double sharpness = Math.max(1, 0.25 / scale);
        double cosine = Math.cos(tilt) * scale;
        double sine = Math.sin(tilt) * scale;
        int reach = (int) Math.ceil(0.72 * side);
        int middleX = (int) (left + side / 2);
        int middleY = (int) (top + side / 2);
        for (int y = Math.max(0, middleY - reach); y < Math.min(height, middleY + reach); y++) {
            for (int x = Math.max(0, middleX - reach); x < Math.min(width, middleX + reach); x++) {
                double dx = x + 0.5 - left - side / 2;
                double dy = y + 0.5 - top - side / 2;
                double value = between(pixels, cosine * dx + sine * dy + 13.5, cosine * dy - sine * dx + 13.5);
                double pen = Math.max(0, Math.min(1, (value - EDGE) * sharpness + EDGE));
                ink[y * width + x] = (float) Math.max(ink[y * width + x], pen);
            }
        }
    }

    /** Between the four nearest pixels, linearly; 0 to 1. */
    private static double between(byte[] pixels, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double low = y - top;
        double upper = (1 - right) * pixel(pixels, left, top) + right * pixel(pixels, left + 1, top);
        double lower = (1 - right) * pixel(pixels, left, top + 1) + right * pixel(pixels, left + 1, top + 1);
        return ((1 - low) * upper + low * lower) / 255;
    }

    private static int pixel(byte[] pixels, int x, int y) {
        return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : pixels[y * SIDE + x] & 0xFF;
    }

    /** Draws the line of a shape with a round pen, or fills it where the pen is 0 wide. */
    void draw(Shape shape, AffineTransform place, double pen) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Shape placed = place.createTransformedShape(shape);
        if (pen == 0) {
            graphics.fill(placed);
        } else {
            graphics.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(placed);
        }
        graphics.dispose();
        for (int i = 0; i < ink.length; i++) {
            ink[i] = Math.max(ink[i], image.getRaster().getSample(i % width, i / width, 0) / 255f);
        }
    }
}
