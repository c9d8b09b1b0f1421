package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;

/**
 * What one image gets of an {@link Augmentation}, except for the elastic distortion.
 *
 * @param shiftX to the right, in pixels
 * @param shiftY downwards, in pixels
 * @param rotation clockwise, in degrees
 * @param width factor, not 0; below 0 left and right are exchanged
 * @param height factor, above 0
 * @param shear how far a pixel moves to the right for each pixel that it lies below the centre
 */
record Distortion(double shiftX, double shiftY, double rotation, double width, double height, double shear) {

    /** The numbers of an image's stream that are drawn here; the elastic distortion draws from here on. */
    static final int DRAWS = 6;

    /** The number of the stream that tells whether an image is mirrored: none of an effect on the surface. */
    private static final long FLIP = 1L << 33;

    /** Each number has an index of its own, so that changing one range leaves the other draws as they are. */
    static Distortion draw(Augmentation ranges, RandomStream image) {
        double scale = 1 + ranges.scale() * symmetric(image, 3);
        double aspect = 1 + ranges.aspect() * symmetric(image, 5);
        boolean mirrored = image.substream(FLIP).uniform(0) < ranges.flip();
        return new Distortion(
                ranges.shift() * symmetric(image, 0),
                ranges.shift() * symmetric(image, 1),
                ranges.rotation() * symmetric(image, 2),
                mirrored ? -scale * aspect : scale * aspect,
                scale / aspect,
                ranges.shear() * symmetric(image, 4));
    }

    /** A multiple of 2^-23 in [-1, 1). */
    static float symmetric(RandomStream stream, long index) {
        return 2 * stream.uniform(index) - 1;
    }
}
