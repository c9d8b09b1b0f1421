package dev.lenet.api.augmentation;

/**
 * What can happen to the surface of a training image: to paper, ink, light and lens, where the geometry of an
 * {@link Augmentation} moves pixels. An augmentation gives each effect a {@link Chance}.
 *
 * <p>Effects take pixels from 0, the paper of MNIST, to 1, its ink, and leave them in that range. They happen in the order of
 * the constants: first to the stroke, then to the paper, to the light, to the lens and to the sensor. What an effect does to an image
 * follows from the seed, the epoch and the row alone, to the bit.
 */
public enum SurfaceEffect {
    /** Strokes thicker or thinner: a mixture of the image and its dilation, or its erosion, by up to the strength. */
    THICKNESS(1),

    /** Outlines in place of strokes: what a dilation adds or an erosion takes, up to the strength of it in place of the image. */
    EDGES(2),

    /** One or two curves of light ink across the image, up to 1 + 2 strength pixels wide, or of dark ink, which are thin. */
    SCRIBBLE(3),

    /** One or two bands or rectangles, up to 3 + 15 strength pixels wide, inverted, of another tone, or covered. */
    BANDS(4),

    /** Paper that is not black, ink that is not white, and a gamma curve: up to 0.6 strength of tone for the paper. */
    TONE(5),

    /** A smooth veil over the image, or a smooth shadow on it, of up to 3 strength times the ink's tone. */
    SHADOW(6),

    /** A round blur, close to a Gaussian of a standard deviation of up to 1.6 strength pixels. */
    BLUR(7),

    /** A blur in one direction, over up to 1 + 6 strength pixels. */
    MOTION(8),

    /** Noise close to Gaussian, of a standard deviation of up to 0.3 strength; on all pixels, or in proportion to their tone. */
    NOISE(9),

    /** Single pixels, or specks of up to 3 x 3, that are black or white: up to 0.25 strength of the area. */
    SPECKS(10);

    private final int stream;

    SurfaceEffect(int stream) {
        this.stream = stream;
    }

    /** The number of the stream from which it draws, its own for ever. */
    int stream() {
        return stream;
    }
}
