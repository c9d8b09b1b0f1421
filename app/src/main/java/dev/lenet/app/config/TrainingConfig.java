package dev.lenet.app.config;

import dev.lenet.api.engine.Optimizer;

/**
 * How long and how to train.
 *
 * @param momentum used by {@code sgd} alone
 * @param beta1 used by {@code adam} and {@code adamw}, as are {@code beta2} and {@code epsilon}
 * @param maxSteps 0 for no limit
 * @param logEvery steps between two reports, 0 for none
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        double learningRate,
        OptimizerKind optimizer,
        double momentum,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        boolean shuffle,
        long maxSteps,
        int logEvery) {

    /** The optimizer these settings describe. */
    public Optimizer toOptimizer() {
        return switch (optimizer) {
            case SGD -> new Optimizer.Sgd(momentum, weightDecay);
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, false);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, weightDecay, true);
        };
    }
}
