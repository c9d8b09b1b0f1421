package dev.lenet.api.training;

import dev.lenet.api.network.Weights;
import java.util.List;
import java.util.function.Supplier;

/**
 * Watches a training run. Methods are called from the loop's thread, and an exception from one ends the run.
 */
public interface TrainingListener {

    /** Several listeners as one, told in this order. */
    static TrainingListener all(List<? extends TrainingListener> listeners) {
        return new Listeners(List.copyOf(listeners));
    }

    /**
     * Before the first step.
     *
     * @param step how many steps there were before, 0 unless the run goes on from a checkpoint
     * @param totalSteps after which it ends at the latest
     */
    default void started(long step, long totalSteps, int stepsPerEpoch) {}

    /**
     * After every step was handed to the engine. Called often, so make it cheap.
     *
     * @param step how many steps there were, from 1
     * @param examples how many examples this step saw
     * @param learningRate of this step
     */
    default void stepped(long step, int examples, double learningRate) {}

    /**
     * When the loss of a step has become known: for every step, in order, some time after it.
     *
     * @param step from 1
     * @param loss the batch's mean loss before its update
     */
    default void lossKnown(long step, float loss) {}

    /**
     * After the last step of an epoch and before its validation, for who wants to look at gradients.
     *
     * @param epoch from 1
     * @param ofLastBatch the gradients of the epoch's last batch by the weights as they are now, not by their average;
     *     computed if asked for, which changes nothing, and only before this method returns
     */
    default void gradients(int epoch, Supplier<Weights> ofLastBatch) {}

    /** After the last step of an epoch and its validation; the epoch's checkpoint has been handed out. */
    default void epochEnded(EpochReport report) {}
}
