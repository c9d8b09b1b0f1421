package dev.lenet.report.chart;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Small maps of numbers, for example the channels of a layer's output or the filters of a convolution, in one picture: a pixel for
 * each number, a gap between maps, and one scale for all, so that they can be compared. Values of one sign go from dark
 * (0) to yellow; values of both signs from blue (negative) over near white (0) to red.
 *
 * @param height of each map
 * @param width of each map
 * @param values map after map, row-major
 * @param columns how many maps are in a row
 */
public record Heatmaps(int height, int width, float[] values, int columns) {
    private static final int GAP = 1;

    public Heatmaps {
        if (values.length == 0 || values.length % (height * width) != 0) {
            throw new IllegalArgumentException("Heatmaps: expected maps of " + height + "x" + width + ", received "
                    + values.length + " values. Give whole maps, one at least.");
        }
    }

    /** How many maps there are. */
    public int count() {
        return values.length / (height * width);
    }

    /** Whether a value is below 0, and so the colours are those for both signs. */
    public boolean signed() {
        for (float value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    /** The width of the picture in pixels. */
    public int pictureWidth() {
        return Math.min(columns, count()) * (width + GAP) - GAP;
    }

    /** The height of the picture in pixels. */
    public int pictureHeight() {
        return (count() + columns - 1) / columns * (height + GAP) - GAP;
    }

    /** The bytes of a PNG file with one pixel for each number. */
    public byte[] png() {
        return Png.encode(image());
    }

    /** The largest magnitude. */
    public float largest() {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    BufferedImage image() {
        int across = pictureWidth();
        byte[] pixels = new byte[across * pictureHeight()];
        Arrays.fill(pixels, ColorScale.NOTHING);
        float largest = largest();
        ColorScale scale = scale();
        for (int i = 0; i < values.length; i++) {
            int map = i / (height * width);
            int row = map / columns * (height + GAP) + i / width % height;
            int column = map % columns * (width + GAP) + i % width;
            pixels[row * across + column] = scale.index(values[i], largest);
        }
        return image(across, pictureHeight(), pixels);
    }

    /** One of the maps alone, with the scale of all. */
    BufferedImage image(int map) {
        byte[] pixels = new byte[height * width];
        float largest = largest();
        ColorScale scale = scale();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = scale.index(values[map * pixels.length + i], largest);
        }
        return image(width, height, pixels);
    }

    private ColorScale scale() {
        return signed() ? ColorScale.DIVERGING : ColorScale.SEQUENTIAL;
    }

    private BufferedImage image(int across, int down, byte[] pixels) {
        BufferedImage image = new BufferedImage(across, down, BufferedImage.TYPE_BYTE_INDEXED, scale().palette());
        image.getRaster().setDataElements(0, 0, across, down, pixels);
        return image;
    }
}
