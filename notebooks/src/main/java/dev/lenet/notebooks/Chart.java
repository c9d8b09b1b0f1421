package dev.lenet.notebooks;

import dev.lenet.notebooks.Canvas.Align;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves over a common axis: {@code new Chart("step", "loss").faint(losses).line(losses.smoothed(50)).picture()}.
 */
public final class Chart {
    private static final int FULL_WIDTH = 760;
    private static final int HEIGHT = 270;
    private static final int LEFT = 46;
    private static final int RIGHT = 18;
    private static final int TOP = 34;
    private static final int BOTTOM = 40;

    private static final Color FAINT = Palette.mix(Palette.PAPER, Palette.BLUE, 0.22);
    private static final List<Color> COLOURS = List.of(Palette.BLUE, Palette.ORANGE, Palette.GREEN);

    private enum Look {
        FAINT,
        LINE,
        DOTS
    }

    private record Series(Curve curve, Look look, Color colour) {}

    private final String xName;
    private final String yName;
    private final List<Series> series = new ArrayList<>();
    private int coloured;
    private double xHigh = Double.NaN;
    private Axis y = new Axis(0, 1, false);

    /**
     * @param xName what the curves go along
     * @param yName what they show, with its unit
     */
    public Chart(String xName, String yName) {
        this.xName = xName;
        this.yName = yName;
    }

    /** A curve in a strong colour. */
    public Chart line(Curve curve) {
        return add(curve, Look.LINE, COLOURS.get(coloured++ % COLOURS.size()));
    }

    /** A noisy curve, in the background. */
    public Chart faint(Curve curve) {
        return add(curve, Look.FAINT, FAINT);
    }

    /** A few points, each by itself. */
    public Chart dots(Curve curve) {
        return add(curve, Look.DOTS, COLOURS.get(coloured++ % COLOURS.size()));
    }

    /** The range from the bottom to the top. */
    public Chart between(double low, double high) {
        y = new Axis(low, high, false);
        return this;
    }

    /** The range from the bottom to the top, where equal heights are equal factors. */
    public Chart factorsBetween(double low, double high) {
        y = new Axis(low, high, true);
        return this;
    }

    /** Where the right side is, instead of at the last point. */
    public Chart upTo(double x) {
        xHigh = x;
        return this;
    }

    /** As wide as a notebook. */
    public Picture picture() {
        return picture(FULL_WIDTH);
    }

    /** Half as wide, for two of them {@linkplain Picture#beside beside} each other. */
    public Picture half() {
        return picture((FULL_WIDTH - 10) / 2);
    }

    private Chart add(Curve curve, Look look, Color colour) {
        series.add(new Series(curve, look, colour));
        return this;
    }

    private Picture picture(int width) {
        Canvas canvas = new Canvas(width, HEIGHT);
        double right = width - RIGHT;
        double bottom = HEIGHT - BOTTOM;
        Axis x = new Axis(0, Double.isNaN(xHigh) ? lastX() : xHigh, false);
        for (double tick : y.ticks(8)) {
            double at = bottom + y.place(tick) * (TOP - bottom);
            canvas.line(Palette.GRID, LEFT, at, right, at);
            canvas.text(Axis.label(tick), Canvas.PLAIN, Palette.GREY, Align.RIGHT, LEFT - 7, at + 4);
        }
        for (double tick : x.ticks(width / 90)) {
            double at = LEFT + x.place(tick) * (right - LEFT);
            canvas.line(Palette.GREY, at, bottom, at, bottom + 4);
            canvas.text(Axis.label(tick), Canvas.PLAIN, Palette.GREY, Align.CENTRE, at, bottom + 17);
        }
        canvas.line(Palette.GREY, LEFT, bottom, right, bottom);
        canvas.text(xName, Canvas.PLAIN, Palette.GREY, Align.CENTRE, (LEFT + right) / 2, HEIGHT - 6);
        canvas.text(yName, Canvas.BOLD, Palette.INK, Align.LEFT, 8, 16);
        if (series.size() > 1) {
            legend(canvas, right);
        }
        canvas.clip(LEFT, TOP - 4, right - LEFT + 5, bottom - TOP + 4);
        for (Series one : series) {
            draw(canvas, one, x, right, bottom);
        }
        canvas.unclip();
        return canvas.picture("Chart of " + yName + " by " + xName + ": "
                + String.join(
                        ", ", series.stream().map(one -> one.curve().name()).toList()));
    }

    /** From the right, the last curve first, so that they read in order. */
    private void legend(Canvas canvas, double right) {
        double at = right;
        for (int i = series.size() - 1; i >= 0; i--) {
            Series one = series.get(i);
            canvas.text(one.curve().name(), Canvas.PLAIN, Palette.GREY, Align.RIGHT, at, 16);
            at -= canvas.width(one.curve().name(), Canvas.PLAIN) + 8;
            if (one.look() == Look.DOTS) {
                canvas.dot(one.colour(), at - 4, 12, 4);
                at -= 20;
            } else {
                canvas.fill(one.colour(), at - 14, 10.5, 14, 3);
                at -= 28;
            }
        }
    }

    private void draw(Canvas canvas, Series one, Axis x, double right, double bottom) {
        Path2D.Double path = new Path2D.Double();
        for (Curve.Point point : one.curve().points()) {
            double atX = LEFT + x.place(point.x()) * (right - LEFT);
            double atY = bottom + y.place(point.y()) * (TOP - bottom);
            if (one.look() == Look.DOTS) {
                canvas.dot(Palette.PAPER, atX, atY, 5.5);
                canvas.dot(one.colour(), atX, atY, 4);
            } else if (path.getCurrentPoint() == null) {
                path.moveTo(atX, atY);
            } else {
                path.lineTo(atX, atY);
            }
        }
        if (one.look() != Look.DOTS) {
            canvas.stroke(one.colour(), one.look() == Look.FAINT ? 0.8 : 1.8, path);
        }
    }

    private double lastX() {
        double last = 0;
        for (Series one : series) {
            for (Curve.Point point : one.curve().points()) {
                last = Math.max(last, point.x());
            }
        }
        return last > 0 ? last : 1;
    }
}
