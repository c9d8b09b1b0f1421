package dev.lenet.report.chart;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/**
 * Colours for numbers, in equal steps of what the eye sees. A picture keeps the number of a step for each pixel, and the
 * scale as its palette.
 */
final class ColorScale {
    /** From 0 (dark) to the largest value (light): viridis, by Smith and van der Walt, released to the public domain (CC0). */
    static final ColorScale SEQUENTIAL = new ColorScale(
            false, 0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725);

    /** From minus the largest magnitude (blue) over 0 (near white) to the largest magnitude (red). */
    static final ColorScale DIVERGING = new ColorScale(
            true, 0x2A4FA8, 0x5B80CC, 0x9DB6E4, 0xDDE4F0, 0xF4F2F0, 0xF3DDD5, 0xE8A78F, 0xD06A52, 0xA8262C);

    /** Enough that no eye sees steps, few enough for small files. */
    private static final int STEPS = 63;

    /** The index of a pixel that shows what is behind the picture. */
    static final byte NOTHING = STEPS;

    private final boolean signed;
    private final IndexColorModel palette;

    private ColorScale(boolean signed, int... anchors) {
        this.signed = signed;
        int[] colors = new int[STEPS + 1];
        for (int i = 0; i < STEPS; i++) {
            double at = (double) i / (STEPS - 1) * (anchors.length - 1);
            int before = Math.min((int) at, anchors.length - 2);
            colors[i] = 0xFF000000 | mixed(anchors[before], anchors[before + 1], at - before);
        }
        this.palette = new IndexColorModel(8, colors.length, colors, 0, true, STEPS, DataBuffer.TYPE_BYTE);
    }

    private static int mixed(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return mixed;
    }

    /** The colours by index. */
    IndexColorModel palette() {
        return palette;
    }

    /** The index of the colour of a value, where {@code largest} is the largest magnitude there is. */
    byte index(double value, double largest) {
        double share = largest > 0 ? value / largest : 0;
        double at = signed ? (share + 1) / 2 : share;
        return (byte) Math.round(Math.max(0, Math.min(1, at)) * (STEPS - 1));
    }
}
