package dev.lenet.report.chart;

import java.awt.Color;
import java.util.Locale;

/**
 * What a mark means, which decides its colour. In pixels it is the light one. In SVG it is a CSS variable, for which a page has a
 * colour in light and in dark, with the light one for an SVG file alone. The first two colours stay apart for every kind
 * of colour blindness.
 */
enum ColorRole {
    /** Words. */
    TEXT(0x1C2024),
    /** Words that explain, such as the labels of an axis. */
    MUTED(0x60646C),
    /** Lines that only guide the eye. */
    GRID(0xE2E4E8),
    /** The first of the things that are compared. */
    FIRST(0x2463C9),
    SECOND(0xD2640E),
    THIRD(0x2F855A),
    /** Mistakes. */
    WRONG(0xCD2B31);

    private final Color light;

    ColorRole(int rgb) {
        this.light = new Color(rgb);
    }

    /** On white. */
    Color light() {
        return light;
    }

    /** The value of a CSS property. */
    String css() {
        return String.format(
                Locale.ROOT, "var(--%s, #%06x)", name().toLowerCase(Locale.ROOT), light.getRGB() & 0xFFFFFF);
    }
}
