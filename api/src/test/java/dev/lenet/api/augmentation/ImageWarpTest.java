package dev.lenet.api.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWarpTest {
    private static final Distortion IDENTITY = new Distortion(0, 0, 0, 1, 1, 0);
    private static final Augmentation ELASTIC = new Augmentation(0, 0, 0, 0, 0, 3.7, 2.5);
    private static final float BACKGROUND = -0.5f;

    /** The unit roundoff of float32. */
    private static final double U = 0x1p-24;

    @Test
    void anUndistortedImageKeepsItsBits() {
        for (Shape shape : new Shape[] {Shape.of(1, 28, 28), Shape.of(3, 5, 8), Shape.of(2, 1, 1), Shape.of(1, 9, 1)}) {
            float[] image = randomImage(shape, 1, 1);

            assertThat(warp(shape, image, IDENTITY)).containsExactly(image);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, -3, -1, 0, 1, 2, 27, 28, 100})
    void aShiftByWholePixelsMovesThemExactly(int shift) {
        Shape shape = Shape.of(2, 28, 31);
        float[] image = randomImage(shape, 2, 1);
        float[] expected = new float[image.length];
        int shiftY = -shift / 2;
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 28; y++) {
                for (int x = 0; x < 31; x++) {
                    expected[(c * 28 + y) * 31 + x] = pixel(shape, image, c, y - shiftY, x - shift);
                }
            }
        }

        assertThat(warp(shape, image, new Distortion(shift, shiftY, 0, 1, 1, 0)))
                .containsExactly(expected);
    }

    @Test
    void aQuarterTurnIsExactAndClockwise() {
        Shape shape = Shape.of(1, 3, 3);
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        assertThat(warp(shape, image, new Distortion(0, 0, 90, 1, 1, 0))).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
        assertThat(warp(shape, image, new Distortion(0, 0, -90, 1, 1, 0))).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(warp(shape, image, new Distortion(0, 0, 180, 1, 1, 0))).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void aQuarterTurnOfAnImageWithEvenSidesIsExact() {
        Shape shape = Shape.of(1, 28, 28);
        float[] image = randomImage(shape, 3, 1);
        float[] turned = warp(shape, image, new Distortion(0, 0, 90, 1, 1, 0));

        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                assertThat(turned[y * 28 + x]).isEqualTo(image[(27 - x) * 28 + y]);
            }
        }
    }

    @Test
    void aShiftByHalfAPixelIsTheMeanOfTwo() {
        Shape shape = Shape.of(1, 1, 4);

        assertThat(warp(shape, new float[] {1, 3, 8, 2}, new Distortion(0.5, 0, 0, 1, 1, 0)))
                .containsExactly((1 + BACKGROUND) / 2, 2, 5.5f, 5);
    }

    @Test
    void shearMovesLowerRowsToTheRight() {
        Shape shape = Shape.of(1, 3, 3);
        float[] bar = {0, 1, 0, 0, 1, 0, 0, 1, 0};
        float b = BACKGROUND;

        assertThat(warp(shape, bar, new Distortion(0, 0, 0, 1, 1, 1))).containsExactly(1, 0, b, 0, 1, 0, b, 0, 1);
    }

    @Test
    void widthAndHeightEnlargeAboutTheCentre() {
        Shape shape = Shape.of(1, 3, 5);
        float[] dot = {0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0};

        assertThat(warp(shape, dot, new Distortion(0, 0, 0, 2, 1, 0)))
                .containsExactly(0, 0, 0, 0, 0, 0, 2, 4, 2, 0, 0, 0, 0, 0, 0);
        assertThat(warp(shape, dot, new Distortion(0, 0, 0, 1, 2, 0)))
                .containsExactly(0, 0, 2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 2, 0, 0);
    }

    @Test
    void nothingOfAnImageIsLeftInTheNext() {
        Shape shape = Shape.of(1, 12, 12);
        ImageWarp warp = new ImageWarp(shape, BACKGROUND, ELASTIC);
        float[] target = new float[shape.size()];
        for (int seed = 0; seed < 20; seed++) {
            float[] image = randomImage(shape, seed, seed % 3 * 0.1);
            Distortion distortion = new Distortion(seed % 5 - 2, 0.3, 5 * seed, 1.1, 0.9, 0.1);
            RandomStream stream = RandomStream.of(seed, "next");
            System.arraycopy(image, 0, warp.image(), 0, image.length);
            warp.write(distortion, stream, target, 0);

            ImageWarp fresh = new ImageWarp(shape, BACKGROUND, ELASTIC);
            float[] expected = new float[shape.size()];
            System.arraycopy(image, 0, fresh.image(), 0, image.length);
            fresh.write(distortion, stream, expected, 0);
            assertThat(target).as("seed %d", seed).containsExactly(expected);
        }
    }

    @Test
    void onlyItsPlaceInTheTargetIsWritten() {
        Shape shape = Shape.of(1, 2, 2);
        ImageWarp warp = new ImageWarp(shape, 0, Augmentation.NONE);
        Arrays.fill(warp.image(), 7);
        float[] target = {-1, -2, -3, -4, -5, -6};

        warp.write(IDENTITY, RandomStream.of(1, "place"), target, 1);

        assertThat(target).containsExactly(-1, 7, 7, 7, 7, -6);
    }

    @Test
    void anyDistortionIsItsFormula() {
        Shape[] shapes = {
            Shape.of(1, 28, 28),
            Shape.of(3, 17, 23),
            Shape.of(1, 1, 5),
            Shape.of(2, 6, 1),
            Shape.of(1, 1, 1),
            Shape.of(1, 40, 9)
        };
        Augmentation widest = new Augmentation(6, 180, 0.5, 1, 0.5, 0, 4);
        Augmentation usual = new Augmentation(2, 15, 0.15, 0.15, 0.1, 0, 4);
        for (int seed = 0; seed < 600; seed++) {
            Shape shape = shapes[seed % shapes.length];
            RandomStream stream = RandomStream.of(seed, "formula");
            Distortion distortion = Distortion.draw(seed % 4 < 2 ? widest : usual, stream);
            Augmentation elastic = seed % 2 == 0 ? Augmentation.NONE : ELASTIC;
            // From a single dot to a full image.
            float[] image = randomImage(shape, seed, new double[] {0, 0.03, 0.3, 1}[seed / 4 % 4]);
            ImageWarp warp = new ImageWarp(shape, BACKGROUND, elastic);
            System.arraycopy(image, 0, warp.image(), 0, image.length);
            float[] warped = new float[image.length];
            warp.write(distortion, stream, warped, 0);

            double[] expected = reference(shape, image, distortion, elastic, stream);
            double bound = bound(image);
            for (int i = 0; i < warped.length; i++) {
                assertThat((double) warped[i])
                        .as("seed %d, %s, value %d", seed, shape, i)
                        .isCloseTo(expected[i], within(bound));
            }
        }
    }

    /**
     * How far float32 and coordinates in units of 2^-32 may lead from the formula. A coordinate is off by 2^-33 for its
     * start and for each of at most 128 steps, and by 2^-24 as its fraction is cut off: less than 2^-23. The surface is at
     * most as steep as its range, in two directions. An interpolation {@code a + t (b - a)} rounds its second summand twice
     * and the sum once; there are two on each other.
     */
    private static double bound(float[] image) {
        double low = BACKGROUND;
        double high = BACKGROUND;
        for (float value : image) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double range = high - low;
        double once = 2.001 * U * range + 1.001 * U * Math.max(Math.abs(low), Math.abs(high));
        return 2 * 0x1p-23 * range + 2.001 * once;
    }

    /** In double precision, pixel by pixel, one step of the formula after the other. */
    private static double[] reference(
            Shape shape, float[] image, Distortion distortion, Augmentation augmentation, RandomStream stream) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        float[] right = new float[width];
        float[] down = new float[width];
        ElasticField field =
                new ElasticField(height, width, augmentation.elasticAmplitude(), augmentation.elasticSigma());
        field.draw(stream);
        double angle = Math.toRadians(-distortion.rotation());
        double[] result = new double[image.length];
        for (int y = 0; y < height; y++) {
            field.row(y, right, down);
            for (int x = 0; x < width; x++) {
                double unshiftedX = x - (width - 1) / 2.0 - distortion.shiftX();
                double unshiftedY = y - (height - 1) / 2.0 - distortion.shiftY();
                double unturnedX = Math.cos(angle) * unshiftedX - Math.sin(angle) * unshiftedY;
                double unturnedY = Math.sin(angle) * unshiftedX + Math.cos(angle) * unshiftedY;
                double upright = unturnedX - distortion.shear() * unturnedY;
                double sourceX = upright / distortion.width() + (width - 1) / 2.0 + right[x];
                double sourceY = unturnedY / distortion.height() + (height - 1) / 2.0 + down[x];
                for (int c = 0; c < shape.dimension(0); c++) {
                    result[(c * height + y) * width + x] = bilinear(shape, image, c, sourceY, sourceX);
                }
            }
        }
        return result;
    }

    private static double bilinear(Shape shape, float[] image, int c, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double sum = 0;
        for (int i = top; i <= top + 1; i++) {
            for (int j = left; j <= left + 1; j++) {
                sum += (1 - Math.abs(y - i)) * (1 - Math.abs(x - j)) * pixel(shape, image, c, i, j);
            }
        }
        return sum;
    }

    private static float pixel(Shape shape, float[] image, int c, int y, int x) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        return y < 0 || y >= height || x < 0 || x >= width ? BACKGROUND : image[(c * height + y) * width + x];
    }

    private static float[] warp(Shape shape, float[] image, Distortion distortion) {
        ImageWarp warp = new ImageWarp(shape, BACKGROUND, Augmentation.NONE);
        System.arraycopy(image, 0, warp.image(), 0, image.length);
        float[] target = new float[image.length];
        warp.write(distortion, RandomStream.of(1, "unused"), target, 0);
        return target;
    }

    /** Random values in that share of the pixels, and in one. */
    private static float[] randomImage(Shape shape, long seed, double share) {
        RandomStream stream = RandomStream.of(seed, "image");
        float[] image = new float[shape.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = stream.uniform(2L * i) < share ? 3 * stream.uniform(2L * i + 1) - 1 : BACKGROUND;
        }
        image[(int) (stream.uniform(2L * image.length) * image.length)] = 2.5f;
        return image;
    }
}
