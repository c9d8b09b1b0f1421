package dev.lenet.report.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws pixels on white. Text is filled outlines, so that no font of the machine is asked for. */
final class PixelCanvas implements Canvas {
    /** Pixels for each unit of length, so that pictures stay sharp on dense screens. */
    private static final double DENSITY = 2;

    private static final float[] DASHES = {5, 4};

    /** How much of its colour a faint curve has. */
    static final double FAINT_OPACITY = 0.3;

    /** The size of titles. */
    static final double TITLE_SIZE = 14;

    private final BufferedImage image;
    private final Graphics2D graphics;

    PixelCanvas(double width, double height) {
        image = new BufferedImage(
                (int) Math.ceil(width * DENSITY), (int) Math.ceil(height * DENSITY), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(DENSITY, DENSITY);
    }

    @Override
    public void line(ColorRole color, double x1, double y1, double x2, double y2) {
        graphics.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        draw(color, new double[] {x1, x2}, new double[] {y1, y2});
    }

    @Override
    public void curve(ColorRole color, Stroke stroke, double[] xs, double[] ys) {
        graphics.setStroke(
                switch (stroke) {
                    case SOLID -> new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
                    case DASHED -> new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
                    case FAINT -> new BasicStroke(0.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
                });
        Composite before = graphics.getComposite();
        if (stroke == Stroke.FAINT) {
            graphics.setComposite(AlphaComposite.SrcOver.derive((float) FAINT_OPACITY));
        }
        draw(color, xs, ys);
        graphics.setComposite(before);
    }

    private void draw(ColorRole color, double[] xs, double[] ys) {
        graphics.setColor(color.light());
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
    public void dot(ColorRole color, double x, double y, String tip) {
        graphics.setColor(color.light());
        graphics.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6));
    }

    @Override
    public void box(ColorRole color, double opacity, double x, double y, double width, double height, String tip) {
        Color light = color.light();
        graphics.setColor(new Color(light.getRed(), light.getGreen(), light.getBlue(), (int)
                Math.round(255 * Math.max(0, Math.min(1, opacity)))));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(ColorRole color, double size, Anchor anchor, double x, double y, String text) {
        fill(color, text, size, anchor, AffineTransform.getTranslateInstance(x, y));
    }

    @Override
    public void upwards(ColorRole color, double size, double x, double y, String text) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.quadrantRotate(3);
        fill(color, text, size, Anchor.START, place);
    }

    /** The letters have one weight; a thin line around them makes them bolder. */
    @Override
    public void title(double x, double y, String text) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        fill(ColorRole.TEXT, text, TITLE_SIZE, Anchor.START, place);
        graphics.setStroke(new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(Letters.outline(text, TITLE_SIZE).createTransformedShape(place));
    }

    private void fill(ColorRole color, String text, double size, Anchor anchor, AffineTransform place) {
        double width = Letters.width(text, size);
        place.translate(
                switch (anchor) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                },
                0);
        graphics.setColor(color.light());
        graphics.fill(Letters.outline(text, size).createTransformedShape(place));
    }

    @Override
    public void image(BufferedImage small, double x, double y, double width, double height) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(width / small.getWidth(), height / small.getHeight());
        graphics.drawRenderedImage(small, place);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        graphics.setClip(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void unclip() {
        graphics.setClip(null);
    }

    /** What was drawn so far. */
    BufferedImage image() {
        return image;
    }
}
