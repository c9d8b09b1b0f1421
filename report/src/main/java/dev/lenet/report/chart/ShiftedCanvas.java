package dev.lenet.report.chart;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A canvas whose origin lies to the right on another one.
 *
 * @param by how far to the right
 */
record ShiftedCanvas(Canvas canvas, double by) implements Canvas {
    @Override
    public void line(ColorRole color, double x1, double y1, double x2, double y2) {
        canvas.line(color, x1 + by, y1, x2 + by, y2);
    }

    @Override
    public void curve(ColorRole color, Stroke stroke, double[] xs, double[] ys) {
        canvas.curve(color, stroke, Arrays.stream(xs).map(x -> x + by).toArray(), ys);
    }

    @Override
    public void dot(ColorRole color, double x, double y, String tip) {
        canvas.dot(color, x + by, y, tip);
    }

    @Override
    public void box(ColorRole color, double opacity, double x, double y, double width, double height, String tip) {
        canvas.box(color, opacity, x + by, y, width, height, tip);
    }

    @Override
    public void text(ColorRole color, double size, Anchor anchor, double x, double y, String text) {
        canvas.text(color, size, anchor, x + by, y, text);
    }

    @Override
    public void upwards(ColorRole color, double size, double x, double y, String text) {
        canvas.upwards(color, size, x + by, y, text);
    }

    @Override
    public void title(double x, double y, String text) {
        canvas.title(x + by, y, text);
    }

    @Override
    public void image(BufferedImage image, double x, double y, double width, double height) {
        canvas.image(image, x + by, y, width, height);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        canvas.clip(x + by, y, width, height);
    }

    @Override
    public void unclip() {
        canvas.unclip();
    }
}
