package dev.lenet.report.chart;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Small maps of numbers side by side in one picture, a pixel for each number and a gap between maps. All share one scale,
 * so that they can be compared.
 *
 * @param height of a map
 * @param width of a map
 * @param values map after map, row-major
 * @param columns how many maps stand in a row
 */
public record Tiles(int height, int width, float[] values, int columns) {
    private static final int GAP = 1;

    public Tiles {
        if (values.length == 0 || values.length % (height * width) != 0) {
            throw new IllegalArgumentException(
                    "Tiles: expected maps of " + height + "x" + width + ", received " + values.length + " values");
        }
    }

    /** How many maps there are. */
    public int count() {
        return values.length / (height * width);
    }

    /** Values of both signs need a scale with a middle. */
    public ColorScale scale() {
        for (float value : values) {
            if (value < 0) {
                return ColorScale.DIVERGING;
            }
        }
        return ColorScale.SEQUENTIAL;
    }

    /** The largest magnitude of all. */
    public float largest() {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    public BufferedImage picture() {
        int across = Math.min(columns, count());
        int down = (count() + columns - 1) / columns;
        int pictureWidth = across * (width + GAP) - GAP;
        int pictureHeight = down * (height + GAP) - GAP;
        ColorScale scale = scale();
        BufferedImage picture =
                new BufferedImage(pictureWidth, pictureHeight, BufferedImage.TYPE_BYTE_INDEXED, scale.palette());
        byte[] pixels = new byte[pictureWidth * pictureHeight];
        Arrays.fill(pixels, ColorScale.NOTHING);
        float largest = largest();
        for (int i = 0; i < values.length; i++) {
            int map = i / (height * width);
            int row = map / columns * (height + GAP) + i / width % height;
            int column = map % columns * (width + GAP) + i % width;
            pixels[row * pictureWidth + column] = scale.index(values[i], largest);
        }
        picture.getRaster().setDataElements(0, 0, pictureWidth, pictureHeight, pixels);
        return picture;
    }
}
