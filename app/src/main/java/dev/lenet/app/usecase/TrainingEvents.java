package dev.lenet.app.usecase;

import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.network.Network;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.app.storage.Manifest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Hears how a training goes, and may ask it to stop. */
public interface TrainingEvents {

    /**
     * What is trained, on what.
     *
     * @param network to be trained
     * @param directory of the run, as users see it
     * @param fromStep 0 for a run that starts
     */
    record Start(
            EngineDescription engine,
            Manifest.Data data,
            Network network,
            long seed,
            String run,
            Path directory,
            long fromStep) {}

    /**
     * Where a training was when it was asked to stop.
     *
     * @param teacher that was in training; 0 if it was the run's own network
     * @param step of the run's own network
     * @param tensorBoard the directory of its event file, null for none
     */
    record Interrupted(
            String run,
            Path directory,
            int teacher,
            long step,
            @Nullable Path tensorBoard) {}

    /** Follows the steps of one network. */
    interface Watch extends TrainingListener, AutoCloseable {
        /** @param last of its epochs */
        default void finished(EpochReport last) {}

        @Override
        void close();
    }

    void started(Start start);

    /** From here on the training looks whether it is asked to stop. */
    Stop stop();

    /** @param teacher from 1 to {@code count} */
    Watch teacher(int teacher, int count);

    /**
     * The run's own network.
     *
     * @param logEvery steps between two losses to tell, 0 for none
     * @param guessing the loss of a network that guesses; infinite if that depends on what is to be learnt
     */
    Watch network(int logEvery, double guessing);

    void interrupted(Interrupted interrupted);

    /** @param model its file, as users see it */
    void ended(TrainingResult result, Evaluation test, Path model, double seconds);

    /** @param page of the report, as users see it */
    void reported(Path page);

    /** It was asked to stop when model and run were complete, so that no report was written. */
    void unreported(String run);

    /** Model and run are complete all the same. */
    void reportFailed(String run, Throwable failure);
}
