package dev.lenet.report.chart;

import java.awt.Color;
import java.util.Locale;

/**
 * What a stroke means, which decides its colour. In SVG it is a class, and the page's style sheet has a colour for it in
 * light and in dark; in pixels it is the light one. Blue and orange stay apart for every kind of colour blindness.
 */
public enum Ink {
    /** Words. */
    TEXT(0x1C2024),
    /** Words that explain, such as the labels of an axis. */
    MUTED(0x60646C),
    /** Lines that only guide the eye. */
    GRID(0xE2E4E8),
    /** The first of two things that are compared. */
    FIRST(0x2463C9),
    /** The second. */
    SECOND(0xD2640E),
    /** Mistakes. */
    WRONG(0xCD2B31);

    private final Color light;

    Ink(int rgb) {
        this.light = new Color(rgb);
    }

    /** On white. */
    Color light() {
        return light;
    }

    /** The class of its SVG elements. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
