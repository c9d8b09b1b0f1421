package dev.lenet.app.config;

import dev.lenet.api.data.Augmentation;

/**
 * How training images are distorted, see {@link Augmentation}, and who does it.
 *
 * @param plainEpochs at the end, without distortions
 * @param threads that read and distort images ahead of the engine, where there is something to distort
 */
public record AugmentationConfig(
        double shift,
        double rotation,
        double scale,
        double shear,
        double aspect,
        double elastic,
        double elasticSigma,
        int plainEpochs,
        int threads) {

    /** As data for the training loop. */
    public Augmentation toAugmentation() {
        return new Augmentation(shift, rotation, scale, shear, aspect, elastic, elasticSigma);
    }

    /** Plain images are read by the engine itself: reading ahead would only copy them. */
    int prefetchThreads() {
        return toAugmentation().isNone() ? 0 : threads;
    }
}
