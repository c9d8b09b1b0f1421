package dev.lenet.report.chart;

import java.awt.image.BufferedImage;

/**
 * A picture of numbers that plain Java draws: as PNG for a file or a notebook, as SVG for a page. Neither needs a font of the
 * machine or a screen.
 *
 * <p>Sizes are in CSS pixels. A PNG has two pixels for each on both axes, so that it stays sharp on dense screens.
 */
public abstract class Chart {
    /** Charts of this package alone: what they are drawn on is no part of its interface. */
    Chart() {}

    /** The width in CSS pixels. */
    public abstract double width();

    /** The height in CSS pixels. */
    public abstract double height();

    /** What it shows, in words, for readers who cannot see it. */
    public abstract String description();

    /** Draws it; (0, 0) is the top left corner. */
    abstract void draw(Canvas canvas);

    /** The picture in light colours on white. */
    public final BufferedImage image() {
        PixelCanvas canvas = new PixelCanvas(width(), height());
        draw(canvas);
        return canvas.image();
    }

    /** The bytes of a PNG file with a palette of at most 256 colours. The same chart gives the same bytes. */
    public final byte[] png() {
        return Png.encode(Palette.reduced(image()));
    }

    /**
     * An SVG element, complete as a file. Inside a page its colours and its font are the page's: a page that defines CSS
     * variables such as {@code --first} (see report.css) decides how the chart looks, also in dark mode.
     */
    public final String svg() {
        SvgCanvas canvas = new SvgCanvas(width(), height(), description());
        draw(canvas);
        return canvas.svg();
    }

    /** Both charts as one picture: this one on the left, the other one on the right. */
    public final Chart beside(Chart right) {
        return new ChartPair(this, right);
    }
}
