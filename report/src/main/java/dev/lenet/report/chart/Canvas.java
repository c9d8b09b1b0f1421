package dev.lenet.report.chart;

import java.awt.image.BufferedImage;

/** What a chart is drawn on. Lengths are in CSS pixels, from the top left corner; later strokes cover earlier ones. */
interface Canvas {
    /** Which end of a text is at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** How a curve is drawn. */
    enum Stroke {
        SOLID,
        DASHED,
        /** Thin and pale, for noise behind another curve. */
        FAINT
    }

    /** A hairline. */
    void line(ColorRole color, double x1, double y1, double x2, double y2);

    /** Straight lines through points. */
    void curve(ColorRole color, Stroke stroke, double[] xs, double[] ys);

    /** @param tip shown when a reader points at it; empty for none */
    void dot(ColorRole color, double x, double y, String tip);

    /**
     * A filled rectangle.
     *
     * @param opacity 0 to 1
     * @param tip shown when a reader points at it; empty for none
     */
    void box(ColorRole color, double opacity, double x, double y, double width, double height, String tip);

    /** One line of text, whose baseline is at {@code y}. */
    void text(ColorRole color, double size, Anchor anchor, double x, double y, String text);

    /** One line of text that begins at its place and reads from bottom to top. */
    void upwards(ColorRole color, double size, double x, double y, String text);

    /** A chart's title, whose baseline begins at its place. */
    void title(double x, double y, String text);

    /** A picture whose pixels become rectangles. */
    void image(BufferedImage image, double x, double y, double width, double height);

    /** What is drawn from here on is visible inside this rectangle only. */
    void clip(double x, double y, double width, double height);

    /** Ends what {@link #clip} began. */
    void unclip();
}
