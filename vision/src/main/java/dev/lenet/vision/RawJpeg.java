package dev.lenet.vision;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Colours of a JPEG picture whose components ImageIO decodes but does not understand, such as those for print. */
final class RawJpeg {
    /** What Adobe's segment says of cyan, magenta, yellow and black that were changed as colours are. */
    private static final int YCCK = 2;

    private final JpegSegments segments;

    RawJpeg(JpegSegments segments) {
        this.segments = segments;
    }

    /** Whether it is for print. ImageIO knows only inks as Adobe stores them. */
    boolean inks() {
        return segments.components() == 4;
    }

    /**
     * A picture in grey, or in red, green and blue; in the raster's own memory.
     *
     * @param raster of 8 bits for each component
     */
    BufferedImage picture(Raster raster) {
        WritableRaster own = (WritableRaster) raster;
        int bands = own.getNumBands();
        if (bands < 3) {
            return image(own, 1, ColorSpace.getInstance(ColorSpace.CS_GRAY));
        }
        int[] row = new int[own.getWidth() * bands];
        for (int y = 0; y < own.getHeight(); y++) {
            own.getPixels(0, y, own.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += bands) {
                toRgb(row, i, bands);
            }
            own.setPixels(0, y, own.getWidth(), 1, row);
        }
        return image(own, 3, ColorSpace.getInstance(ColorSpace.CS_sRGB));
    }

    private static BufferedImage image(WritableRaster raster, int bands, ColorSpace colors) {
        int[] list = bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
        WritableRaster some = raster.createWritableChild(0, 0, raster.getWidth(), raster.getHeight(), 0, 0, list);
        return new BufferedImage(
                new ComponentColorModel(colors, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE),
                some,
                false,
                null);
    }

    private void toRgb(int[] row, int i, int bands) {
        boolean inks = bands == 4;
        boolean adobe = segments.transform() >= 0;
        // Four components without a word about them: whose second has fewer samples has a luma.
        boolean luma = inks ? segments.transform() == YCCK || (!adobe && segments.sparse()) : segments.transform() != 0;
        if (luma) {
            fromLuma(row, i);
        }
        if (inks) {
            int black = row[i + 3];
            for (int k = i; k < i + 3; k++) {
                int stored = luma ? 255 - row[k] : row[k];
                // Adobe stores how much light is left, others how much ink there is.
                row[k] = adobe ? Math.round(stored * black / 255f) : Math.round((255 - stored) * (255 - black) / 255f);
            }
        }
    }

    /** ITU-T T.871, section 7. */
    private static void fromLuma(int[] row, int i) {
        float luma = row[i];
        float blue = row[i + 1] - 128f;
        float red = row[i + 2] - 128f;
        row[i] = clipped(luma + 1.402f * red);
        row[i + 1] = clipped(luma - 0.344136f * blue - 0.714136f * red);
        row[i + 2] = clipped(luma + 1.772f * blue);
    }

    private static int clipped(float value) {
        return Math.round(Math.max(0, Math.min(255, value)));
    }
}
