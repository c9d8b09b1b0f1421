package dev.lenet.report.chart;

/** What a chart is drawn on. Lengths are in CSS pixels, from the top left corner; later strokes cover earlier ones. */
public interface Canvas {
    /** Which end of a text stands at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A hairline. */
    void line(Ink ink, double x1, double y1, double x2, double y2);

    /** Straight lines through points. */
    void curve(Ink ink, boolean dashed, double[] xs, double[] ys);

    /** @param tip what is said about it where somebody points at it; empty for nothing */
    void dot(Ink ink, double x, double y, String tip);

    /**
     * A filled rectangle.
     *
     * @param strength of the ink, 0 to 1
     * @param tip what is said about it where somebody points at it; empty for nothing
     */
    void box(Ink ink, double strength, double x, double y, double width, double height, String tip);

    /** One line of text, whose baseline is at {@code y}. */
    void text(Ink ink, double size, Anchor anchor, double x, double y, String text);
}
