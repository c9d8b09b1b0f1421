package dev.lenet.app.config;

import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.training.EarlyStopping;
import dev.lenet.api.training.Schedule;
import dev.lenet.api.training.TrainingSettings;

/**
 * How long and how to train.
 *
 * @param cooldown the share of the steps, at the end, during which the learning rate falls to 0
 * @param momentum used by {@code sgd} alone
 * @param beta1 used by {@code adam} and {@code adamw}, as are {@code beta2} and {@code epsilon}
 * @param maxSteps 0 for no limit
 * @param patience epochs without improvement after which training ends, 0 for never
 * @param minDelta by how much the validation loss has to fall to be an improvement
 * @param logEvery steps between two reports, 0 for none
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        double learningRate,
        double cooldown,
        OptimizerKind optimizer,
        double momentum,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        boolean shuffle,
        long maxSteps,
        int patience,
        double minDelta,
        int logEvery) {

    /** The course of the learning rate these settings describe. */
    public Schedule toSchedule() {
        return cooldown == 0 ? new Schedule.Constant() : new Schedule.Cooldown(cooldown);
    }

    /** The optimizer these settings describe. */
    public Optimizer toOptimizer() {
        return switch (optimizer) {
            case SGD -> new Optimizer.Sgd(momentum, weightDecay);
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, false);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, true);
        };
    }

    /**
     * What the training loop needs to know.
     *
     * @param steps after which training ends whatever the epochs, 0 for no limit
     * @param reportEvery steps between two looks at the loss, at least 1
     */
    public TrainingSettings toSettings(long seed, long steps, int reportEvery) {
        return new TrainingSettings(epochs, batchSize, learningRate, toOptimizer(), seed)
                .withSchedule(toSchedule())
                .withShuffle(shuffle)
                .withMaxSteps(steps)
                .withReportEvery(reportEvery)
                .withEarlyStopping(new EarlyStopping(patience, minDelta));
    }
}
