package dev.lenet.api.training;

import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import java.util.ArrayList;
import java.util.List;

/** The losses of the same training on two engines, step by step. */
public record TrainingComparison(Losses first, Losses second) {

    /**
     * The losses of one engine's training.
     *
     * @param values of each step, as long as they are finite
     * @param diverged whether the loss after those was not
     */
    public record Losses(List<Float> values, boolean diverged) {
        public Losses {
            values = List.copyOf(values);
        }

        /**
         * Trains a model in place, without validation.
         *
         * @param settings of the training; their limit of steps is how many are taken
         */
        public static Losses of(Engine engine, Model model, Dataset training, TrainingSettings settings) {
            List<Float> losses = new ArrayList<>();
            TrainingListener listener = new TrainingListener() {
                @Override
                public void lossKnown(long step, float loss) {
                    losses.add(loss);
                }
            };
            Dataset noValidation = training.select(new int[0]);
            try {
                new TrainingLoop(engine, settings).run(model, training, noValidation, listener);
                return new Losses(losses, false);
            } catch (DivergedException e) {
                return new Losses(losses, true);
            }
        }
    }

    /** The number of steps with a finite loss on both engines. */
    public int steps() {
        return Math.min(first.values().size(), second.values().size());
    }

    /** Whether the training diverged on one of the engines. */
    public boolean diverged() {
        return first.diverged() || second.diverged();
    }

    /**
     * The absolute difference of the losses of a step.
     *
     * @param step from 1
     * @throws IndexOutOfBoundsException if one of the engines did not get so far
     */
    public double difference(int step) {
        if (step < 1 || step > steps()) {
            throw new IndexOutOfBoundsException("Training: expected a step of 1 to " + steps() + ", received " + step
                    + ". Ask for one that both engines took.");
        }
        return Math.abs((double) first.values().get(step - 1) - second.values().get(step - 1));
    }
}
