package dev.lenet.notebooks;

import java.awt.Color;

/** The few colours of all pictures. Blue and orange stay apart for every common kind of colour blindness. */
final class Palette {
    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1F2933);
    static final Color GREY = new Color(0x66727F);
    static final Color GRID = new Color(0xE3E8ED);
    static final Color TILE = new Color(0xF1F4F7);
    static final Color BLUE = new Color(0x2B6CB0);
    static final Color ORANGE = new Color(0xD9730D);
    static final Color GREEN = new Color(0x2F855A);

    /** Shades between two colours: few enough that a picture's colours fit into a {@link Png}'s palette as they are. */
    private static final int SHADES = 40;

    private Palette() {}

    /** From one colour, for a share of 0, to another, for 1. */
    static Color mix(Color from, Color to, double share) {
        double s = (double) Math.round(SHADES * Math.max(0, Math.min(1, share))) / SHADES;
        return new Color(
                between(from.getRed(), to.getRed(), s),
                between(from.getGreen(), to.getGreen(), s),
                between(from.getBlue(), to.getBlue(), s));
    }

    /** Orange below zero, blue above, the colour of a tile at zero; full at -1 and 1. */
    static Color signed(double value) {
        return mix(TILE, value < 0 ? ORANGE : BLUE, Math.abs(value));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
