package dev.lenet.app.config;

import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.engine.Device;
import dev.lenet.api.training.TrainingSettings;
import java.util.Map;

/**
 * Every setting of a run, validated. The order of the components is that of {@code config.yaml}.
 *
 * @param engineSettings what only one engine has, by the whole name, as the engines declare it
 */
public record Config(
        @Declaration(initial = "native", option = "--engine", label = "NAME", text = """
                Which engine computes: {range}. `engines` lists them. native needs nothing but Java, so it runs everywhere.""")
        String engine,

        @Declaration(initial = "auto", option = "--device", label = "DEVICE", text = """
                Where it computes: {range}. cuda:N is the N-th GPU from 0. auto takes the best there is and says which; the
                others fail if what they name is not there. docs/gpu.md says how djl comes to CUDA.""")
        Device device,

        @Declaration(initial = "0", least = 0, most = 1024, option = "--threads", text = """
                Threads to compute with, {range}; 0 takes every processor. The native engine's results do not depend on it.""")
        int threads,

        @Declaration(initial = "42", option = "--seed", text = """
                Seed of the run, {range}: initial weights, validation split, shuffling, augmentation and dropout follow from
                it. The default is fixed, so that a run can be repeated without having thought of it beforehand.""")
        long seed,

        Map<String, String> engineSettings,
        DataConfig data,
        TrainingConfig training,

        @Declaration.Section("""
                How far training images are distorted at random, each image anew in each epoch. Numbers are the largest change
                in either direction. What an image gets follows from the seed, the epoch and the image, on every engine and
                for any number of threads.""") AugmentationConfig augmentation,

        @Declaration.Section("""
                What happens to paper, ink, light and lens of training images, after they were distorted: each effect has a
                probability, 0 for never, and a strength, of which each image draws its own. docs/augmentation.md shows them.
                config/robust.yaml has values for photos and grey paper.""") SurfaceConfig surface,

        ModelConfig model) {

    /**
     * What the training loop needs to know.
     *
     * @param steps after which training ends whatever the epochs, 0 for no limit
     * @param reportEvery steps between two looks at the loss, at least 1
     */
    public TrainingSettings toSettings(long steps, int reportEvery) {
        return training.toSettings(seed, steps, reportEvery)
                .withAugmentation(toAugmentation())
                .withPlainEpochs(augmentation.plainEpochs())
                // Plain images are read by the engine itself: reading ahead would only copy them.
                .withPrefetchThreads(toAugmentation().isNone() ? 0 : augmentation.threads());
    }

    /** What happens to training images. */
    public Augmentation toAugmentation() {
        return surface.addTo(augmentation.toGeometry());
    }

    /**
     * The same for one of the teachers: from a seed of its own, by the labels, and to the end.
     *
     * @param teacher from 1
     */
    public TrainingSettings toTeacherSettings(int teacher, int reportEvery) {
        return toSettings(0, reportEvery).withSeed(seed + 1000L * teacher).withLoss(training.lossOfLabels());
    }
}
