package dev.lenet.app.config;

import dev.lenet.api.engine.Device;
import dev.lenet.api.training.TrainingSettings;
import java.util.Map;

/**
 * Every setting of a run, validated. {@code config.yaml} says what each one means.
 *
 * @param engine the name of an engine; whether there is such an engine is not known here
 * @param threads 0 for every processor
 * @param engineSettings what only one engine has, by the whole name
 */
public record Config(
        String engine,
        Device device,
        int threads,
        long seed,
        Map<String, String> engineSettings,
        DataConfig data,
        TrainingConfig training,
        AugmentationConfig augmentation,
        ModelConfig model) {

    /**
     * What the training loop needs to know.
     *
     * @param steps after which training ends whatever the epochs, 0 for no limit
     * @param reportEvery steps between two looks at the loss, at least 1
     */
    public TrainingSettings toSettings(long steps, int reportEvery) {
        return training.toSettings(seed, steps, reportEvery)
                .withAugmentation(augmentation.toAugmentation())
                .withPlainEpochs(augmentation.plainEpochs())
                .withPrefetchThreads(augmentation.prefetchThreads());
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
