package dev.lenet.api.training;

import dev.lenet.api.Argument;
import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.DivergedException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: epochs, shuffling, validation, early stopping, reports, checkpoints. There is only this one, so it
 * cannot differ between engines.
 *
 * <pre>{@code
 * CheckpointStore store = new CheckpointStore(directory);
 * new TrainingLoop(engine, settings)
 *         .from(store.latest().checkpoint())
 *         .saving(store::save)
 *         .until(() -> stopAsked)
 *         .run(model, training, validation, listener);
 * }</pre>
 *
 * <p>It hands the engine one batch after the other and waits for it only to report losses: every
 * {@code reportEvery} steps, before a checkpoint and at the end of an epoch.
 */
public final class TrainingLoop {
    private final Engine engine;
    private final TrainingSettings settings;
    private final @Nullable Checkpoint start;
    private final @Nullable Consumer<Checkpoint> sink;
    private final BooleanSupplier stop;
    private final List<Model> teachers;
    private final int firstOutlier;

    public TrainingLoop(Engine engine, TrainingSettings settings) {
        this(engine, settings, null, null, () -> false, List.of(), Integer.MAX_VALUE);
    }

    private TrainingLoop(
            Engine engine,
            TrainingSettings settings,
            @Nullable Checkpoint start,
            @Nullable Consumer<Checkpoint> sink,
            BooleanSupplier stop,
            List<Model> teachers,
            int firstOutlier) {
        this.engine = engine;
        this.settings = settings;
        this.start = start;
        this.sink = sink;
        this.stop = stop;
        this.teachers = teachers;
        this.firstOutlier = firstOutlier;
    }

    /** The same loop, going on from a checkpoint, which any engine may have made. */
    public TrainingLoop from(Checkpoint checkpoint) {
        return new TrainingLoop(engine, settings, checkpoint, sink, stop, teachers, firstOutlier);
    }

    /**
     * The same loop, handing out a checkpoint whenever an epoch has ended, every {@code checkpointEvery} steps inside one,
     * and when it stops in the middle of one.
     *
     * @param newSink called from the loop's thread; an exception ends the run
     */
    public TrainingLoop saving(Consumer<Checkpoint> newSink) {
        return new TrainingLoop(engine, settings, start, newSink, stop, teachers, firstOutlier);
    }

    /**
     * The same loop, ending after the current step once that is true.
     *
     * @param newStop asked after every step, so make it cheap
     */
    public TrainingLoop until(BooleanSupplier newStop) {
        return new TrainingLoop(engine, settings, start, sink, newStop, teachers, firstOutlier);
    }

    /**
     * The same loop, with the mean of what models say of an example as its soft label; the loss of the settings is {@link
     * Loss.Distillation}. The teachers see each batch as it is trained on, distorted in the same way: Beyer et al.,
     * "Knowledge distillation: a good teacher is patient and consistent", CVPR 2022.
     *
     * @param models of the same engine and classes; they stay open as long as the loop runs
     * @throws IllegalArgumentException if the settings have another loss, which would take no notice of teachers
     */
    public TrainingLoop taughtBy(List<Model> models) {
        checkLoss(models.isEmpty(), "teachers");
        return new TrainingLoop(engine, settings, start, sink, stop, List.copyOf(models), firstOutlier);
    }

    /**
     * The same loop, for a training set that ends with examples of no class, see {@link dev.lenet.api.augmentation.Outliers}: the network is to
     * be equally unsure of all classes for them. The loss of the settings is {@link Loss.Distillation}; with a temperature of 1 its gradient for
     * all other examples is that of the cross-entropy.
     *
     * @param row the first of them, from 0
     * @throws IllegalArgumentException if the settings have another loss
     */
    public TrainingLoop withOutliersFrom(int row) {
        checkLoss(false, "outliers");
        return new TrainingLoop(engine, settings, start, sink, stop, teachers, row);
    }

    private void checkLoss(boolean any, String what) {
        Argument.check(
                any || settings.loss() instanceof Loss.Distillation,
                "Training",
                "a loss that learns from " + what,
                settings.loss(),
                "Use Loss.Distillation, or no " + what + ".");
    }

    /**
     * What {@link #run} finds out before it starts, for a caller that does other things in between.
     *
     * @throws DatasetException if there is nothing to train on
     * @throws IllegalArgumentException if early stopping has nothing to validate with, or the augmentation moves pixels by
     *     more than the images' size
     * @throws ConfigException if the checkpoint is one of other settings
     * @throws ShapeException if the checkpoint is one of another network or optimizer
     */
    public void check(Network network, Dataset training, Dataset validation) {
        if (training.size() == 0) {
            throw new DatasetException("Training: expected at least one example, received an empty data set."
                    + " Check the data, or set fewer examples aside for validation.");
        }
        if (settings.earlyStopping().on() && validation.size() == 0) {
            throw Argument.refusal(
                    "Early stopping",
                    "validation examples to judge epochs by",
                    "none",
                    "Set examples aside, or use a patience of 0.");
        }
        settings.examples(training, 1);
        if (start != null) {
            start.check(network, settings, training.size());
        }
    }

    /**
     * Trains a model in place.
     *
     * @param validation evaluated after each epoch; may be empty
     * @throws DatasetException as {@link #check} does, which also throws an {@link IllegalArgumentException}, a {@link
     *     ConfigException} and a {@link ShapeException}
     * @throws DivergedException if a loss or a weight is not a finite number; the model's weights are then of no use
     */
    public TrainingResult run(Model model, Dataset training, Dataset validation, TrainingListener listener) {
        check(model.network(), training, validation);
        try (Trainer trainer = engine.trainer(model, settings.spec())) {
            TrainingRun run = new TrainingRun(
                    engine, model, trainer, settings, lesson(), training, validation, listener, sink, stop);
            if (start != null) {
                run.restore(start);
            }
            return run.run();
        }
    }

    private Lesson lesson() {
        @Nullable
        Teachers teaching = !teachers.isEmpty() && settings.loss() instanceof Loss.Distillation distillation
                ? new Teachers(teachers, distillation.temperature())
                : null;
        return new Lesson(teaching, firstOutlier);
    }
}
