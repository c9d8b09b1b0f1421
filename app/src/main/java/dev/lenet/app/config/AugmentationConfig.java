package dev.lenet.app.config;

import dev.lenet.api.augmentation.Augmentation;

/** How training images are distorted, see {@link Augmentation}, and who does it. */
public record AugmentationConfig(
        @Declaration(initial = "2", least = 0, most = 1000, text = """
                Pixels up, down, left and right, {range}, and below the images' side.""")
        double shift,

        @Declaration(initial = "10", least = 0, most = 180, text = "Degrees, {range}.")
        double rotation,

        @Declaration(initial = "0.1", least = 0, most = 0.5, text = "Share of the size, {range}.")
        double scale,

        @Declaration(initial = "0.1", least = 0, most = 1, text = """
                Slant, in pixels sideways for each pixel of height, {range}.""")
        double shear,

        @Declaration(initial = "0.1", least = 0, most = 0.5, text = """
                Share of the width, {range}; the height changes the other way round.""")
        double aspect,

        @Declaration(initial = "0.0", least = 0, most = 1000, text = """
                Elastic distortion: the largest displacement of a point, in pixels, {range}; its neighbours move with it.""")
        double elastic,

        @Declaration(initial = "4", least = 1, most = 100, text = """
                How far apart, in pixels, places of the elastic distortion are independent of each other, {range}.""")
        double elasticSigma,

        @Declaration(initial = "0.0", least = 0, most = 1, text = """
                Probability that left and right are exchanged, {range}: 0.5 for clothes, animals and things; 0 for digits and
                letters, which mean something else in a mirror.""")
        double flip,

        @Declaration(initial = "0", least = 0, most = 100_000, text = """
                Epochs at the end that see the images as they are, {range}. In a long run a few of them let the network
                settle on digits like those of the test (config/best.yaml); 0 for digits that are not where they belong.""")
        int plainEpochs,

        @Declaration(initial = "1", least = 0, most = 64, text = """
                Threads that distort images ahead of the engine, {range}; 0 leaves it to the engine's own. Only while
                there is something to distort.""")
        int threads) {

    /** As data for the training loop, with nothing on the surface. */
    Augmentation toGeometry() {
        return new Augmentation(shift, rotation, scale, shear, aspect, elastic, elasticSigma).withFlip(flip);
    }
}
