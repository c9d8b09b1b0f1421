package dev.lenet.vision;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Turns colours and transparency into shades of grey, so that what can be seen in a picture can still be seen; or into red, green
 * and blue on the sheet that lets it be seen.
 */
final class Greyscale {
    /** A single colour takes the place of the luma where it has more than this many times its contrast. */
    private static final double MUCH = 4;

    /** White ink on a transparent sheet: below this contrast, of 255, it would vanish on white paper. */
    private static final float VANISHED = 20;

    /** What lies under transparent parts of a picture. */
    private enum Sheet {
        WHITE(255),
        BLACK(0),
        /** The picture is looked at as if nothing in it were transparent. */
        NONE(0);

        private final int grey;

        Sheet(int grey) {
            this.grey = grey;
        }

        /** From 0 to 1, of a pixel that has the other stored. */
        double alpha(double stored) {
            return this == NONE ? 1 : stored;
        }
    }

    private Greyscale() {}

    /** A picture in shades of grey, and what they were seen on. */
    private record Seen(Sheet paper, GreyImage grey) {
        static Seen on(Sheet paper, BufferedImage image) {
            float[] values = isGrey(image)
                    ? samples(paper, image.getRaster(), image.getColorModel())
                    : mixed(paper, image, telling(paper, image));
            return new Seen(paper, new GreyImage(image.getWidth(), image.getHeight(), values));
        }
    }

    static GreyImage of(BufferedImage image) {
        return seen(image).grey();
    }

    /** Red, green and blue, each as an image of greys. */
    static List<GreyImage> colours(BufferedImage image) {
        if (isGrey(image)) {
            return Collections.nCopies(Mix.SINGLE.length, of(image));
        }
        Sheet paper = image.getColorModel().hasAlpha() ? seen(image).paper() : Sheet.WHITE;
        return Arrays.stream(Mix.SINGLE)
                .map(colour -> new GreyImage(image.getWidth(), image.getHeight(), mixed(paper, image, colour)))
                .toList();
    }

    private static Seen seen(BufferedImage image) {
        Seen seen = Seen.on(Sheet.WHITE, image);
        if (!image.getColorModel().hasAlpha()) {
            return seen;
        }
        // Some programs write an alpha of 0 for all of a picture, and mean nothing by it.
        for (Sheet next : new Sheet[] {Sheet.BLACK, Sheet.NONE, Sheet.BLACK}) {
            if (seen.grey().contrast() >= VANISHED) {
                return seen;
            }
            seen = Seen.on(next, image);
        }
        return seen;
    }

    private static boolean isGrey(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        return colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(colors instanceof IndexColorModel);
    }

    /** Grey values as they are stored: {@code getRGB} would take them for linear light, and brighten them. */
    private static float[] samples(Sheet paper, Raster raster, ColorModel colors) {
        float[] values = new float[raster.getWidth() * raster.getHeight()];
        int white = (1 << colors.getComponentSize(0)) - 1;
        int opaque = colors.hasAlpha() ? (1 << colors.getComponentSize(1)) - 1 : 1;
        int[] row = new int[raster.getWidth() * raster.getNumBands()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                double value = 255.0 * row[x * raster.getNumBands()] / white;
                double stored = colors.hasAlpha() ? (double) row[x * raster.getNumBands() + 1] / opaque : 1;
                double alpha = paper.alpha(stored);
                values[y * raster.getWidth() + x] = Math.round(alpha * value + (1 - alpha) * paper.grey);
            }
        }
        return values;
    }

    /** How much of red, green and blue a grey is made of, in thousandths. */
    private record Mix(int red, int green, int blue) {
        /** ITU-R BT.601; equal parts of red, green and blue give exactly that grey. */
        static final Mix LUMA = new Mix(299, 587, 114);

        static final Mix[] SINGLE = {new Mix(1000, 0, 0), new Mix(0, 1000, 0), new Mix(0, 0, 1000)};

        int of(int argb, Sheet paper) {
            int value = red * (argb >> 16 & 0xFF) + green * (argb >> 8 & 0xFF) + blue * (argb & 0xFF);
            double alpha = paper.alpha((argb >>> 24) / 255.0);
            return (int) Math.round(alpha * value / 1000.0 + (1 - alpha) * paper.grey);
        }
    }

    /** The luma, unless ink and paper differ in their colour and hardly in it: orange on blue can be equally light. */
    private static Mix telling(Sheet paper, BufferedImage image) {
        Mix best = Mix.LUMA;
        double most = MUCH * variance(paper, image, Mix.LUMA);
        for (Mix single : Mix.SINGLE) {
            double variance = variance(paper, image, single);
            if (variance > most) {
                best = single;
                most = variance;
            }
        }
        return best;
    }

    /** Of the greys of every few pixels. */
    private static double variance(Sheet paper, BufferedImage image, Mix mix) {
        int step = 1 + Math.min(image.getWidth(), image.getHeight()) / 256;
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = 0; y < image.getHeight(); y += step) {
            for (int x = 0; x < image.getWidth(); x += step) {
                int grey = mix.of(image.getRGB(x, y), paper);
                sum += grey;
                squares += (double) grey * grey;
                count++;
            }
        }
        return squares / count - sum / count * (sum / count);
    }

    private static float[] mixed(Sheet paper, BufferedImage image, Mix mix) {
        float[] values = new float[image.getWidth() * image.getHeight()];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                values[y * row.length + x] = mix.of(row[x], paper);
            }
        }
        return values;
    }
}
