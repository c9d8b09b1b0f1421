package dev.lenet.api.training;

import dev.lenet.api.ConfigException;

/** How the learning rate changes in the course of a run, as data. */
public sealed interface Schedule {

    /**
     * What the learning rate is multiplied with in one step.
     *
     * @param step from 0
     * @param steps of all the run's epochs, whether or not it ends before
     */
    double factor(long step, long steps);

    /** The same rate from the first step to the last. */
    record Constant() implements Schedule {
        @Override
        public double factor(long step, long steps) {
            return 1;
        }
    }

    /**
     * A constant rate, and at the end a straight line down towards 0. While the rate falls the weights settle: the noise
     * of single batches, which a constant rate keeps alive, dies away.
     *
     * <p>Hägele et al., "Scaling laws and compute-optimal training beyond fixed training durations", NeurIPS 2024.
     *
     * @param share of the steps during which the rate falls, above 0 and at most 1
     */
    record Cooldown(double share) implements Schedule {
        public Cooldown {
            if (!(share > 0 && share <= 1)) {
                throw new ConfigException("Cooldown: expected a share above 0 and at most 1, received " + share
                        + ". For a constant rate use no cooldown.");
            }
        }

        @Override
        public double factor(long step, long steps) {
            return Math.min(1, (steps - step) / (share * steps));
        }
    }
}
