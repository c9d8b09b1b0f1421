package dev.lenet.api.training;

import dev.lenet.api.Argument;

/**
 * How the learning rate changes in the course of a run, as data. Shares are of the run's steps, so that a schedule keeps
 * its shape when the run becomes longer. Factors have the same bits on every JVM and processor.
 */
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
     * A rate that is multiplied with a number again and again: PyTorch's {@code StepLR}.
     *
     * <pre>
     * factor(t) = decay^k,   k = how many of share * T, 2 * share * T, ... are at most t, each rounded to a whole step
     * </pre>
     *
     * For one stair every N of E epochs take the share {@code N / E}.
     *
     * @param share of the steps between two stairs, above 0 and at most 1
     * @param decay with which the rate is multiplied at each, above 0 and at most 1
     */
    record Step(double share, double decay) implements Schedule {
        public Step {
            Argument.check(share > 0 && share <= 1, "Step", "a share above 0 and at most 1", share, "Take 1 / stairs.");
            Argument.check(decay > 0 && decay <= 1, "Step", "a decay above 0 and at most 1", decay, "0.1 is usual.");
        }

        @Override
        public double factor(long step, long steps) {
            // Half a step later, a stair that lies on a whole step is never missed by a rounding.
            return StrictMath.pow(decay, Math.floor((step + 0.5) / (share * steps)));
        }
    }

    /**
     * Half a cosine wave from the rate down to a lowest one, without a restart: PyTorch's {@code CosineAnnealingLR}.
     *
     * <pre>
     * factor(t) = lowest + (1 - lowest) * (1 + cos(pi * t / T)) / 2
     * </pre>
     *
     * The lowest rate is what a step behind the last one would have. Loshchilov and Hutter, "SGDR: stochastic gradient
     * descent with warm restarts", ICLR 2017, equation 5.
     *
     * @param lowest factor, at least 0 and below 1
     */
    record Cosine(double lowest) implements Schedule {
        public Cosine {
            Argument.check(
                    lowest >= 0 && lowest < 1,
                    "Cosine",
                    "a lowest factor of at least 0 and below 1",
                    lowest,
                    "For a constant rate use no cosine.");
        }

        /** Down to 0. */
        public Cosine() {
            this(0);
        }

        @Override
        public double factor(long step, long steps) {
            return wave(1, lowest, (double) step / steps);
        }
    }

    /**
     * A warm-up from a small rate to the full one, and then down to next to nothing, each on half a cosine wave: PyTorch's
     * {@code OneCycleLR} with {@code anneal_strategy="cos"} in two phases, without its cycle of the momentum. The warm-up
     * lets the rate be larger than a run could start with.
     *
     * <pre>
     * p = warmUp * T - 1                                                    the peak, as PyTorch places it
     * factor(t) = start + (1 - start) * (1 - cos(pi * t / p)) / 2                     for t at most p
     * factor(t) = last + (1 - last) * (1 + cos(pi * (t - p) / (T - 1 - p))) / 2       behind it; last at t = T - 1
     * </pre>
     *
     * Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018, with
     * straight lines; the waves are fast.ai's and PyTorch's.
     *
     * @param warmUp share of the steps in which the rate rises, at least 0 and below 1; {@code pct_start}
     * @param start factor of the first step, above 0 and at most 1; {@code 1 / div_factor}
     * @param last factor of the last step, at least 0 and at most 1; {@code 1 / (div_factor * final_div_factor)}
     */
    record OneCycle(double warmUp, double start, double last) implements Schedule {
        public OneCycle {
            Argument.check(
                    warmUp >= 0 && warmUp < 1,
                    "OneCycle",
                    "a share for the warm-up of at least 0 and below 1",
                    warmUp,
                    "0.3 is usual.");
            Argument.check(
                    start > 0 && start <= 1,
                    "OneCycle",
                    "a factor to start from above 0 and at most 1",
                    start,
                    "0.04 is usual.");
            Argument.check(
                    last >= 0 && last <= 1,
                    "OneCycle",
                    "a last factor of at least 0 and at most 1",
                    last,
                    "4e-6 is usual.");
        }

        /** With PyTorch's defaults: a warm-up of 0.3 from 1/25, and 1/250,000 in the last step. */
        public OneCycle() {
            this(0.3);
        }

        /** With PyTorch's factors at both ends, 1/25 and 1/250,000. */
        public OneCycle(double warmUp) {
            this(warmUp, 1.0 / 25, 1.0 / 250_000);
        }

        @Override
        public double factor(long step, long steps) {
            double peak = warmUp * steps - 1;
            // With a peak at the very first step there is no wave up to it.
            return step <= peak && peak > 0
                    ? wave(start, 1, step / peak)
                    : wave(1, last, (step - peak) / (steps - 1 - peak));
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
            Argument.check(
                    share > 0 && share <= 1,
                    "Cooldown",
                    "a share above 0 and at most 1",
                    share,
                    "For a constant rate use no cooldown.");
        }

        @Override
        public double factor(long step, long steps) {
            return Math.min(1, (steps - step) / (share * steps));
        }
    }

    /** Half a cosine wave between two values: the first at 0, the second at 1. */
    private static double wave(double from, double to, double at) {
        return to + (from - to) * (1 + StrictMath.cos(Math.PI * at)) / 2;
    }
}
