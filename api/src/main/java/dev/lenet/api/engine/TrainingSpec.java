package dev.lenet.api.engine;

/**
 * What a trainer is told once, before the first step.
 *
 * @param optimizer how gradients become updates
 * @param loss what is minimised
 * @param batchSize the largest batch that will come, in examples
 * @param seed of the run; dropout masks are drawn from it
 */
public record TrainingSpec(Optimizer optimizer, Loss loss, int batchSize, long seed) {

    public TrainingSpec {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize: expected at least 1, received " + batchSize);
        }
    }
}
