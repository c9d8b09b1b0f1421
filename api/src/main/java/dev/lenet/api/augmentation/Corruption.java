package dev.lenet.api.augmentation;

import dev.lenet.api.RandomStream;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;
import java.util.Locale;

/**
 * Fifteen ways in which digits in the world differ from those of MNIST, for tests: how many a network still reads shows what it
 * has learnt about digits, and what about MNIST. They are of the kinds that Mu and Gilmer collect in "MNIST-C: a robustness
 * benchmark for computer vision", 2019, and about as strong; images differ from theirs.
 *
 * <p>No effect of {@link SurfaceEffect} does the same, so that a network which was trained with those has not seen these.
 * Each image draws from the seed, the kind and its row.
 */
public enum Corruption {
    /** Few photons: each pixel is a Poisson number of at most three on average for ink. */
    SHOT_NOISE,

    /** 17 % of the pixels black or white. */
    SALT_AND_PEPPER,

    /** Blurred, with neighbouring pixels exchanged at random, and blurred again. */
    FROSTED_GLASS,

    /** A trail that fades along a direction within 45 degrees of the horizontal. */
    JOLT,

    /** Slanted by 0.4 pixels for each pixel of height, to the left or to the right. */
    SLANT,

    /** 70 % of the size. */
    SHRINKING,

    /** Turned by 23 degrees, one way or the other. */
    ROTATION,

    /** 3 pixels sideways, and 3 up or down. */
    TRANSLATION,

    /** Paper half as bright as ink, and ink no brighter than before. */
    BRIGHTNESS,

    /** The left and the right quarter of the image inverted. */
    INVERTED_MARGINS,

    /** A plasma fractal of three times the tone of ink, and a quarter of the contrast. */
    FOG,

    /** Blots of mud, a quarter as bright as ink. */
    SPATTER,

    /** A dashed line from the left to the right. */
    DASHED_LINE,

    /** A zigzag line from the left to the right. */
    ZIGZAG,

    /** The outlines that an edge detector of Canny's kind finds, in white on black. */
    OUTLINES;

    /**
     * Images of one channel, each corrupted, with their labels.
     *
     * @throws IllegalArgumentException if the images have more channels than one
     */
    public ImageDataset corrupt(ImageRows images, long seed) {
        RandomStream stream = RandomStream.of(seed, "corruption/" + name());
        return new Corruptor(images).corrupt(this, stream);
    }

    /** Its name as words, for example "salt and pepper". */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
