package dev.lenet.api.augmentation;

import dev.lenet.api.Argument;
import dev.lenet.api.RandomStream;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageRows;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How far training images may be distorted at random, so that a network sees each of them a little different in every
 * epoch, as data. Every number of the geometry is the largest change; each image draws its own from minus that number to plus
 * it, uniformly. What happens to the surface, such as noise or a shadow, comes after that, see {@link SurfaceEffect}. Labels stay as
 * they are.
 *
 * <p>What an image gets depends on the seed, the epoch and its row alone. So it is the same on every engine, however many
 * threads read the images and in whatever order, and in a run that was interrupted and resumed.
 *
 * <p>A pixel at p, measured from the image's centre, goes to {@code R K D p + t}: D mirrors the image and makes it wider and higher, K
 * slants it, R turns it, t shifts it. The elastic distortion is that of Simard, Steinkraus and Platt, "Best practices for
 * convolutional neural networks applied to visual document analysis", ICDAR 2003: neighbouring pixels move together.
 * Between pixels values are interpolated bilinearly, and what comes in from beyond the edge is
 * black: the normalised value of a raw pixel of 0 for {@link ImageRows}, and 0 for examples of another kind.
 *
 * @param shift in pixels, in each direction; below the images' shorter side
 * @param rotation in degrees, up to 180
 * @param scale share of the size, up to 0.5: 0.1 is 90 to 110 %
 * @param shear sideways, in pixels for each pixel of height, up to 1
 * @param aspect share of the width, up to 0.5; the height changes inversely, so that the area stays
 * @param elasticAmplitude in pixels: how far the elastic distortion moves a pixel at most in each direction; about half
 *     of the pixels move by less than a fifth of it
 * @param elasticSigma in pixels, at least 1: the larger, the further apart are pixels that move together. The
 *     standard deviation of the Gaussian with which the paper smoothes (there 4, on images of 29 x 29)
 * @param flip the probability that left and right are exchanged, 0 to 1: 0.5 where a mirrored image is as good as another, as of
 *     clothes or animals; 0 for digits
 * @param surface what can happen to paper, ink, light and lens, and how often; effects of probability 0 are left out
 */
public record Augmentation(
        double shift,
        double rotation,
        double scale,
        double shear,
        double aspect,
        double elasticAmplitude,
        double elasticSigma,
        double flip,
        Map<SurfaceEffect, Chance> surface) {

    /** Leaves images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0, 4);

    /** Of the geometry alone, without mirrored images. */
    public Augmentation(
            double shift,
            double rotation,
            double scale,
            double shear,
            double aspect,
            double elasticAmplitude,
            double elasticSigma) {
        this(shift, rotation, scale, shear, aspect, elasticAmplitude, elasticSigma, 0, Map.of());
    }

    public Augmentation {
        check(shift >= 0, "a shift of 0 pixels or more", shift, "Use 0 for none.");
        check(rotation >= 0 && rotation <= 180, "a rotation from 0 to 180 degrees", rotation, "Use 0 for none.");
        check(scale >= 0 && scale <= 0.5, "a scale from 0 to 0.5", scale, "Use 0 for none.");
        check(shear >= 0 && shear <= 1, "a shear from 0 to 1", shear, "Use 0 for none.");
        check(aspect >= 0 && aspect <= 0.5, "an aspect from 0 to 0.5", aspect, "Use 0 for none.");
        check(elasticAmplitude >= 0, "an elastic amplitude of 0 pixels or more", elasticAmplitude, "Use 0 for none.");
        check(flip >= 0 && flip <= 1, "a flip from 0 to 1", flip, "It is a probability: use 0 for never.");
        check(elasticSigma >= 1, "an elastic sigma of 1 pixel or more", elasticSigma, "4 is usual.");
        surface = inOrder(surface);
    }

    private static Map<SurfaceEffect, Chance> inOrder(Map<SurfaceEffect, Chance> surface) {
        Map<SurfaceEffect, Chance> sorted = new EnumMap<>(SurfaceEffect.class);
        surface.forEach((effect, chance) -> {
            if (chance.probability() > 0) {
                sorted.put(effect, chance);
            }
        });
        return Collections.unmodifiableMap(sorted);
    }

    /** The same with an effect on the surface: for each image with that probability, and up to that strength. */
    public Augmentation with(SurfaceEffect effect, double probability, double strength) {
        Map<SurfaceEffect, Chance> effects = new HashMap<>(surface);
        effects.put(effect, new Chance(probability, strength));
        return new Augmentation(shift, rotation, scale, shear, aspect, elasticAmplitude, elasticSigma, flip, effects);
    }

    /** The same with that probability of a mirrored image. */
    public Augmentation withFlip(double probability) {
        return new Augmentation(
                shift, rotation, scale, shear, aspect, elasticAmplitude, elasticSigma, probability, surface);
    }

    /** Whether images stay as they are. */
    public boolean isNone() {
        return shift == 0
                && rotation == 0
                && scale == 0
                && shear == 0
                && aspect == 0
                && elasticAmplitude == 0
                && flip == 0
                && surface.isEmpty();
    }

    /**
     * A data set as one epoch sees it: each image distorted when it is read, by any number of threads. Nothing is kept.
     *
     * @param dataset of images {@code [C, H, W]}; the number of an image among its rows decides what the image gets, so a
     *     selection has to select the same rows in every run that is to be repeated
     * @param epoch from 1
     * @return the data set itself if there is nothing to do
     * @throws ShapeException if the examples are no images
     * @throws IllegalArgumentException if pixels would move by more than the images' size
     */
    public Dataset augment(Dataset dataset, long seed, int epoch) {
        if (isNone()) {
            return dataset;
        }
        RandomStream images = RandomStream.of(seed, "augment").substream(epoch);
        return new AugmentedDataset(dataset, this, images);
    }

    private static void check(boolean valid, String expected, double received, String remedy) {
        Argument.checkFinite(valid, "Augmentation", expected, received, remedy);
    }
}
