package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distorts one image after the other: for each pixel of the result, where in the original it comes from, and what is
 * there between four pixels. Memory for one thread.
 *
 * <p>Coordinates are 64-bit integers in units of 2^-32 pixels. Going along a row is then an addition, exact, and an image
 * that is not distorted, or shifted by whole pixels, keeps its values to the bit.
 *
 * <p>The original lies in a frame of background, so that no pixel close to an edge is a special case. Most of a digit's
 * image is background as well: only those pixels of a row are computed that come from the rectangle in which something is
 * drawn. In which places beyond it the computation starts and ends makes no difference, as between four equal pixels
 * there is exactly their value.
 */
final class ImageWarp {
    /** Pixels to coordinates. */
    private static final double UNIT = 0x1p32;

    private final int channels;
    private final int height;
    private final int width;
    private final float background;
    /** The original: {@code [C, H, W]}. */
    private final float[] image;
    /** The original in its frame: {@code [C][(y + frame) * stride + x + frame]}. */
    private final float[][] framed;

    private final int frame;
    private final int stride;
    /**
     * How far before or behind what is drawn a place may be, in pixels, and still take part in it: less than 1 by
     * interpolation, and as far as the elastic distortion leads astray.
     */
    private final double reach;

    private final @Nullable ElasticField elastic;
    /** The elastic displacements of a row, in pixels. */
    private final float[] right;

    private final float[] down;

    /** The smallest rectangle that holds all that is not background, the ends not included. */
    private int inkTop;

    private int inkBottom;
    private int inkLeft;
    private int inkRight;
    /** From where to where the current row is computed, the end not included. */
    private int first;

    private int end;

    ImageWarp(Shape shape, float background, Augmentation augmentation) {
        this.channels = shape.dimension(0);
        this.height = shape.dimension(1);
        this.width = shape.dimension(2);
        this.background = background;
        this.image = new float[shape.size()];
        double amplitude = augmentation.elasticAmplitude();
        this.elastic = amplitude == 0 ? null : new ElasticField(height, width, amplitude, augmentation.elasticSigma());
        // A sum of four rounded products is not larger than the amplitude by more than a few units in the last place.
        this.reach = 1 + amplitude * (1 + 0x1p-20);
        // From a place within reach the elastic distortion leads on by less than reach, and the next pixel is needed,
        // too.
        this.frame = (int) Math.ceil(2 * reach) + 1;
        this.stride = width + 2 * frame;
        this.framed = new float[channels][(height + 2 * frame) * stride];
        this.right = new float[width];
        this.down = new float[width];
        for (float[] channel : framed) {
            Arrays.fill(channel, background);
        }
    }

    /** Where the original is to be written, row-major {@code [C, H, W]}. */
    float[] image() {
        return image;
    }

    /**
     * Writes the distorted image, row-major {@code [C, H, W]}, to {@code target[offset ...]}.
     *
     * @param stream of the image, from which the elastic distortion is drawn
     */
    void write(Distortion distortion, RandomStream stream, float[] target, int offset) {
        frameImage();
        Arrays.fill(target, offset, offset + image.length, background);
        if (inkTop == inkBottom) {
            return;
        }
        if (elastic != null) {
            elastic.draw(stream);
        }

        // The inverse of x' = R K D x + t about the centre: D^-1 K^-1 R^-1 (x' - t).
        double radians = StrictMath.toRadians(distortion.rotation());
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        double xPerX = (cos + distortion.shear() * sin) / distortion.width();
        double xPerY = (sin - distortion.shear() * cos) / distortion.width();
        double yPerX = -sin / distortion.height();
        double yPerY = cos / distortion.height();
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        double fromX = centreX + distortion.shiftX();
        double fromY = centreY + distortion.shiftY();
        long xStart = Math.round((centreX - (xPerX * fromX + xPerY * fromY)) * UNIT);
        long yStart = Math.round((centreY - (yPerX * fromX + yPerY * fromY)) * UNIT);
        long xAcross = Math.round(xPerX * UNIT);
        long xDown = Math.round(xPerY * UNIT);
        long yAcross = Math.round(yPerX * UNIT);
        long yDown = Math.round(yPerY * UNIT);
        double perX = 1.0 / xAcross;
        double perY = 1.0 / yAcross;

        for (int y = 0; y < height; y++) {
            long sourceX = xStart + y * xDown;
            long sourceY = yStart + y * yDown;
            first = 0;
            end = width;
            narrow(sourceX, xAcross, perX, inkLeft, inkRight);
            narrow(sourceY, yAcross, perY, inkTop, inkBottom);
            if (first >= end) {
                continue;
            }
            long x = sourceX + first * xAcross + ((long) frame << 32);
            long yy = sourceY + first * yAcross + ((long) frame << 32);
            if (elastic != null) {
                elastic.row(y, right, down);
            }
            for (int c = 0; c < channels; c++) {
                int at = offset + (c * height + y) * width;
                if (elastic == null) {
                    sample(framed[c], x, yy, xAcross, yAcross, target, at);
                } else {
                    sampleElastic(framed[c], x, yy, xAcross, yAcross, target, at);
                }
            }
        }
    }

    /** Copies the original into its frame, and finds the rectangle in which something is drawn. */
    private void frameImage() {
        inkTop = height;
        inkBottom = 0;
        inkLeft = width;
        inkRight = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int row = (c * height + y) * width;
                System.arraycopy(image, row, framed[c], (frame + y) * stride + frame, width);
                int left = 0;
                while (left < width && image[row + left] == background) {
                    left++;
                }
                if (left == width) {
                    continue;
                }
                int last = width - 1;
                while (image[row + last] == background) {
                    last--;
                }
                inkTop = Math.min(inkTop, y);
                inkBottom = Math.max(inkBottom, y + 1);
                inkLeft = Math.min(inkLeft, left);
                inkRight = Math.max(inkRight, last + 1);
            }
        }
        if (inkBottom == 0) {
            inkTop = 0;
        }
    }

    /**
     * Leaves of {@code first} to {@code end} the pixels whose place is within reach of some lines of the original.
     *
     * @param start coordinate of pixel 0 of the row
     * @param step to the next pixel
     * @param perStep 1 over it
     * @param to behind the last of the lines
     */
    private void narrow(long start, long step, double perStep, int from, int to) {
        double low = (from - reach) * UNIT - start;
        double high = (to - 1 + reach) * UNIT - start;
        if (step == 0) {
            if (low > 0 || high < 0) {
                end = 0;
            }
            return;
        }
        double one = low * perStep;
        double other = high * perStep;
        first = (int) Math.max(first, Math.ceil(Math.min(one, other)));
        end = (int) Math.min(end, Math.max(one, other) + 1);
    }

    /** Pixels {@code first} to {@code end} of a row, of which x and y are the first one's place in the frame. */
    private void sample(float[] source, long x, long y, long xStep, long yStep, float[] target, int row) {
        for (int i = row + first; i < row + end; i++) {
            target[i] = between(source, x, y);
            x += xStep;
            y += yStep;
        }
    }

    private void sampleElastic(float[] source, long x, long y, long xStep, long yStep, float[] target, int row) {
        for (int i = first; i < end; i++) {
            long astrayX = x + (long) (right[i] * 0x1p32f);
            long astrayY = y + (long) (down[i] * 0x1p32f);
            target[row + i] = between(source, astrayX, astrayY);
            x += xStep;
            y += yStep;
        }
    }

    /** Bilinear interpolation; where a coordinate is a whole number, exactly the pixel's value. */
    private float between(float[] source, long x, long y) {
        int at = (int) (y >> 32) * stride + (int) (x >> 32);
        float right = ((int) x >>> 8) * 0x1p-24f;
        float down = ((int) y >>> 8) * 0x1p-24f;
        float a = source[at];
        float c = source[at + stride];
        float above = a + right * (source[at + 1] - a);
        float below = c + right * (source[at + stride + 1] - c);
        return above + down * (below - above);
    }
}
