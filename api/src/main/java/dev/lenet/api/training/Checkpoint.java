package dev.lenet.api.training;

import dev.lenet.api.ConfigException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Network;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a run needs to go on where it was, to the bit on engines that repeat themselves to the bit.
 *
 * <p>Shuffling, dropout and augmentation are functions of the seed, the epoch and the step, so those three numbers are
 * all the randomness there is to keep.
 *
 * @param state of the trainer; its step says where in which epoch the run is
 * @param position what the step counts
 * @param partial what the running epoch has measured so far; nothing between two epochs
 * @param history of every whole epoch
 * @param best the best of them, if early stopping is on
 */
public record Checkpoint(
        Network network,
        TrainerState state,
        Position position,
        Partial partial,
        List<EpochReport> history,
        @Nullable Best best) {

    /**
     * @throws ModelFormatException if its parts contradict each other
     */
    public Checkpoint {
        history = List.copyOf(history);
        long step = state.step();
        long into = step % position.stepsPerEpoch() * position.batchSize();
        if (step < 0 || history.size() != step / position.stepsPerEpoch() || partial.examples() != into) {
            throw new ModelFormatException("Checkpoint: expected step " + step + " to be "
                    + position.stepsPerEpoch() + " for each of " + history.size() + " epochs and "
                    + partial.examples() + " examples more, received a contradiction."
                    + " Continue from another checkpoint.");
        }
        if (best != null && (best.epoch() < 1 || best.epoch() > history.size())) {
            throw new ModelFormatException("Checkpoint: expected the best of " + history.size()
                    + " epochs, received epoch " + best.epoch() + ". Continue from another checkpoint.");
        }
    }

    /**
     * What has to be the same for a step to mean the same examples, and the state the same average. Everything else, such
     * as the learning rate or the number of epochs, may be changed by who continues, and the run then takes another way
     * than it would have.
     *
     * @param examples in the training set
     * @param averageDecay of the average of the weights, which is corrected by this and the number of steps; 0 for none
     */
    public record Position(long seed, int batchSize, boolean shuffle, int examples, double averageDecay) {
        /**
         * @throws ModelFormatException if there are no examples, or none a step, or no average has that decay
         */
        public Position {
            if (batchSize < 1 || examples < 1) {
                throw new ModelFormatException("Checkpoint: expected at least one example, and one a step, received "
                        + examples + " and " + batchSize + ". Continue from another checkpoint.");
            }
            if (!(averageDecay >= 0 && averageDecay < 1)) {
                throw new ModelFormatException(
                        "Checkpoint: expected an average decay of at least 0 and below 1, received " + averageDecay
                                + ". Continue from another checkpoint.");
            }
        }

        static Position of(TrainingSettings settings, int examples) {
            return new Position(
                    settings.seed(), settings.batchSize(), settings.shuffle(), examples, settings.averageDecay());
        }

        /** Of which the last may be a smaller batch. */
        public int stepsPerEpoch() {
            return (examples - 1) / batchSize + 1;
        }
    }

    /**
     * Measurements of an epoch that has not ended.
     *
     * @param examples trained on
     * @param lossSum of these examples
     * @param seconds spent in its steps
     */
    public record Partial(long examples, double lossSum, double seconds) {
        /** Of an epoch that has not begun. */
        static final Partial NONE = new Partial(0, 0, 0);
    }

    /**
     * The epoch after which the validation loss was lowest.
     *
     * @param epoch from 1
     * @param loss of the validation
     * @param state of the trainer then; the optimizer's memory too, so that training can go on from there
     */
    public record Best(int epoch, double loss, TrainerState state) {}

    /** Updates made. */
    public long step() {
        return state.step();
    }

    /**
     * @throws ConfigException if a run with those settings and examples cannot go on from here
     * @throws ShapeException if a run of that network or optimizer cannot
     */
    void check(Network itsNetwork, TrainingSettings settings, int examples) {
        state.check(itsNetwork, settings.spec());
        Position given = Position.of(settings, examples);
        check("seed", position.seed(), given.seed());
        check("batch size", position.batchSize(), given.batchSize());
        check("shuffling", position.shuffle(), given.shuffle());
        check("number of training examples", position.examples(), given.examples());
        check("average decay", position.averageDecay(), given.averageDecay());
    }

    private void check(String what, Object expected, Object received) {
        if (!Objects.equals(expected, received)) {
            throw new ConfigException("Checkpoint of step " + step() + ": expected the " + what + " it was made with, "
                    + expected + ", received " + received
                    + ". Change it back, or start a new run from the checkpoint's weights.");
        }
    }
}
