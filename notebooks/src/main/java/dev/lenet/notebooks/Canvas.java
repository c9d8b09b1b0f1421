package dev.lenet.notebooks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A white sheet to draw on, in CSS pixels. The image has twice as many on each side, so that it is sharp on any screen. */
final class Canvas {
    static final int SCALE = 2;

    static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 11);

    /** Where a text lies relative to its place. */
    enum Align {
        LEFT(0),
        CENTRE(0.5),
        RIGHT(1);

        private final double share;

        Align(double share) {
            this.share = share;
        }
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height) {
        image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        fill(Palette.PAPER, 0, 0, width, height);
    }

    void fill(Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    void dot(Color colour, double x, double y, double radius) {
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    void line(Color colour, double fromX, double fromY, double toX, double toY) {
        stroke(colour, 1, new Line2D.Double(fromX, fromY, toX, toY));
    }

    void stroke(Color colour, double width, Shape shape) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /** @param y of the baseline */
    void text(String text, Font font, Color colour, Align align, double x, double y) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, (float) (x - align.share * width(text, font)), (float) y);
    }

    double width(String text, Font font) {
        return graphics.getFontMetrics(font).getStringBounds(text, graphics).getWidth();
    }

    /** What is drawn from here on is visible in that rectangle only. */
    void clip(double x, double y, double width, double height) {
        graphics.setClip(new Rectangle2D.Double(x, y, width, height));
    }

    void unclip() {
        graphics.setClip(null);
    }

    /** Pixels of another picture, each a square or rectangle of one colour. */
    void pixels(Color[][] rows, double x, double y, double width, double height) {
        BufferedImage small = new BufferedImage(rows[0].length, rows.length, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                small.setRGB(column, row, rows[row][column].getRGB());
            }
        }
        // Nearest neighbour is what Java does unless told otherwise.
        graphics.drawImage(small, (int) x, (int) y, (int) width, (int) height, null);
    }

    Picture picture(String text) {
        return new Picture(image, text);
    }
}
