package dev.lenet.app.config;

import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.training.EarlyStopping;
import dev.lenet.api.training.Schedule;
import dev.lenet.api.training.TrainingSettings;

/**
 * How long and how to train.
 *
 * @param schedule the course of the learning rate
 * @param cooldown used by {@code cooldown} alone: the share of the steps, at the end, during which the rate falls to 0
 * @param warmUp used by {@code one-cycle} alone: the share of the steps, at the start, during which it rises
 * @param stepEpochs used by {@code step} alone, as is {@code stepDecay}: epochs after which the rate is multiplied by that
 * @param momentum used by {@code sgd} alone
 * @param beta1 used by {@code adam} and {@code adamw}, as are {@code beta2} and {@code epsilon}
 * @param labelSmoothing share of a target that is spread over all classes
 * @param teachers networks that are trained before, whose answers are then learnt; 0 to learn from labels
 * @param temperature used with teachers alone: what logits are divided by before the softmax
 * @param clipNorm the largest length of a gradient, 0 for no limit
 * @param averageDecay of the average of the weights, 0 for none
 * @param maxSteps 0 for no limit
 * @param patience epochs without improvement after which training ends, 0 for never
 * @param minDelta by how much the validation loss has to fall to be an improvement
 * @param logEvery steps between two reports, 0 for none
 * @param checkpointEvery steps between two checkpoints inside an epoch, 0 for none
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        double learningRate,
        ScheduleKind schedule,
        double cooldown,
        double warmUp,
        int stepEpochs,
        double stepDecay,
        OptimizerKind optimizer,
        double momentum,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double labelSmoothing,
        int teachers,
        double temperature,
        double clipNorm,
        double averageDecay,
        boolean shuffle,
        long maxSteps,
        int patience,
        double minDelta,
        int logEvery,
        int checkpointEvery) {

    /** The course of the learning rate these settings describe. */
    public Schedule toSchedule() {
        return switch (schedule) {
            case CONSTANT -> new Schedule.Constant();
            case COOLDOWN -> cooldown == 0 ? new Schedule.Constant() : new Schedule.Cooldown(cooldown);
            case STEP -> new Schedule.Step(Math.min(1, (double) stepEpochs / epochs), stepDecay);
            case COSINE -> new Schedule.Cosine();
            case ONE_CYCLE -> new Schedule.OneCycle(warmUp);
        };
    }

    /** The optimizer these settings describe. */
    public Optimizer toOptimizer() {
        return switch (optimizer) {
            case SGD -> new Optimizer.Sgd(momentum, weightDecay);
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, false);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, true);
        };
    }

    /** What is minimised: how far answers are from the teachers', or, without any, from the labels. */
    Loss toLoss() {
        return teachers > 0 ? new Loss.Distillation(temperature) : lossOfLabels();
    }

    Loss lossOfLabels() {
        return new Loss.SoftmaxCrossEntropy(labelSmoothing);
    }

    /** What the training loop needs to know of these, see {@link Config#toSettings}. */
    TrainingSettings toSettings(long seed, long steps, int reportEvery) {
        return new TrainingSettings(epochs, batchSize, learningRate, toOptimizer(), seed)
                .withSchedule(toSchedule())
                .withShuffle(shuffle)
                .withMaxSteps(steps)
                .withReportEvery(reportEvery)
                .withCheckpointEvery(checkpointEvery)
                .withEarlyStopping(new EarlyStopping(patience, minDelta))
                .withLoss(toLoss())
                .withClipNorm(clipNorm)
                .withAverageDecay(averageDecay);
    }
}
