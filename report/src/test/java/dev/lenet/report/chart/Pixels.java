package dev.lenet.report.chart;

import java.awt.image.BufferedImage;

/** Counts what a chart has drawn. */
final class Pixels {
    private Pixels() {}

    /** Pixels of exactly a colour in a rectangle that is given in CSS pixels. */
    static int count(Chart chart, int rgb, int left, int top, int right, int bottom) {
        BufferedImage image = chart.image();
        int count = 0;
        for (int y = 2 * top; y < Math.min(2 * bottom, image.getHeight()); y++) {
            for (int x = 2 * left; x < Math.min(2 * right, image.getWidth()); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    static int count(Chart chart, ColorRole color, int left, int top, int right, int bottom) {
        return count(chart, color.light().getRGB() & 0xFFFFFF, left, top, right, bottom);
    }

    /** In the whole chart. */
    static int count(Chart chart, ColorRole color) {
        return count(chart, color, 0, 0, (int) Math.ceil(chart.width()), (int) Math.ceil(chart.height()));
    }
}
