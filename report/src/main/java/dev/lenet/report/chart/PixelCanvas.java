package dev.lenet.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws pixels on white. Text is filled outlines, so that no font of the machine is asked for. */
public final class PixelCanvas implements Canvas {
    /** Pixels for each unit of length, so that pictures stay sharp on dense screens. */
    private static final double DENSITY = 2;

    private static final float[] DASHES = {5, 4};

    private final BufferedImage picture;
    private final Graphics2D graphics;

    public PixelCanvas(double width, double height) {
        picture = new BufferedImage(
                (int) Math.ceil(width * DENSITY), (int) Math.ceil(height * DENSITY), BufferedImage.TYPE_INT_RGB);
        graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.scale(DENSITY, DENSITY);
    }

    @Override
    public void line(Ink ink, double x1, double y1, double x2, double y2) {
        graphics.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        draw(ink, new double[] {x1, x2}, new double[] {y1, y2});
    }

    @Override
    public void curve(Ink ink, boolean dashed, double[] xs, double[] ys) {
        graphics.setStroke(
                dashed
                        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
                        : new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        draw(ink, xs, ys);
    }

    private void draw(Ink ink, double[] xs, double[] ys) {
        graphics.setColor(ink.light());
        Path2D path = new Path2D.Double();
        for (int i = 0; i < xs.length; i++) {
            if (i == 0) {
                path.moveTo(xs[i], ys[i]);
            } else {
                path.lineTo(xs[i], ys[i]);
            }
        }
        graphics.draw(path);
    }

    @Override
    public void dot(Ink ink, double x, double y, String tip) {
        graphics.setColor(ink.light());
        graphics.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6));
    }

    @Override
    public void box(Ink ink, double strength, double x, double y, double width, double height, String tip) {
        Color color = ink.light();
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), (int)
                Math.round(255 * Math.max(0, Math.min(1, strength)))));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(Ink ink, double size, Anchor anchor, double x, double y, String text) {
        fill(ink, text, size, anchor, AffineTransform.getTranslateInstance(x, y));
    }

    /** A line of text that reads from bottom to top and starts at its place. */
    public void upwards(Ink ink, double size, double x, double y, String text) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.quadrantRotate(3);
        fill(ink, text, size, Anchor.START, place);
    }

    private void fill(Ink ink, String text, double size, Anchor anchor, AffineTransform place) {
        double width = Letters.width(text, size);
        place.translate(
                switch (anchor) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                },
                0);
        graphics.setColor(ink.light());
        graphics.fill(Letters.outline(text, size).createTransformedShape(place));
    }

    /** A picture whose pixels become squares. */
    public void picture(BufferedImage small, double x, double y, double width, double height) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(width / small.getWidth(), height / small.getHeight());
        graphics.drawRenderedImage(small, place);
    }

    /** What was drawn so far. */
    public BufferedImage picture() {
        return picture;
    }
}
