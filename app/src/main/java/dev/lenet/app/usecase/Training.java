package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DivergedException;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.augmentation.Outliers;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.ImageRows;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.NoveltyFit;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.TemperatureScaling;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.api.training.CheckpointStore;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.api.training.TrainingResult.Ending;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.app.config.Config;
import dev.lenet.app.config.TrainingConfig;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.Manifest.Status;
import dev.lenet.app.storage.ProgressFile;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.RunManifest;
import dev.lenet.interop.ModelFiles;
import dev.lenet.report.tensorboard.EventFile;
import dev.lenet.report.tensorboard.TensorBoardListener;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code train} command: data, network, loop, test, model file. */
public final class Training {
    /** Steps between two looks at the loss for the progress bar, where the user asked for no steps of his own. */
    static final int REPORT_EVERY = 100;

    private final Config config;
    private final Datasets datasets;
    private final Installation installation;
    private final Provider<Engine> engines;
    private final Reporting reporting;
    private final Notices notices;

    @Inject
    Training(
            Config config,
            Datasets datasets,
            Installation installation,
            Provider<Engine> engines,
            Reporting reporting,
            Notices notices) {
        this.config = config;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
        this.reporting = reporting;
        this.notices = notices;
    }

    /**
     * @param directory of the run
     * @param yaml all of its settings
     * @param resume whether to go on with it; otherwise it is made, or made anew
     * @param init weights to start from; null for those of the seed
     * @param tensorBoard directory for an event file; null for none
     * @return whether it did everything; a run that was interrupted in its training has written no model, after it no report
     */
    public boolean run(
            RunDirectory directory,
            String yaml,
            boolean resume,
            @Nullable Path init,
            @Nullable Path tensorBoard,
            TrainingEvents events) {
        long started = System.nanoTime();
        SmallHeap.keep();
        Optional<Path> copy = config.model().file().map(installation::place);
        copy.ifPresent(Training::checkWritable);
        checkWritable(directory.settings());
        @Nullable Checkpoint checkpoint = resume ? latest(directory) : null;
        try (Engine engine = engines.get();
                Rehearsal rehearsal = Rehearsal.start(engine)) {
            Datasets.Whole data = datasets.whole();
            Split split = datasets.split(data.training());
            Network network = config.model()
                    .network(split.training().exampleShape(), split.training().classes());
            Weights initial = init == null ? Weights.initial(network, config.seed()) : read(init, network);
            RunManifest manifest = resume ? RunManifest.of(directory) : RunManifest.fresh(directory);
            manifest.checkData(data.sha256(), data.training().normalization());
            ImageRows training = withOutliers((ImageRows) split.training());
            TrainingLoop loop = new TrainingLoop(engine, settings()).saving(directory::save);
            if (training.size() > split.training().size()) {
                loop = loop.withOutliersFrom(split.training().size());
            }
            if (checkpoint != null) {
                loop = loop.from(checkpoint);
                TrainingAdvice.changedRate(directory.config(), config, checkpoint)
                        .ifPresent(notices::note);
            }
            if (tensorBoard != null && !resume) {
                TrainingAdvice.sharedFolder(installation.place(tensorBoard), tensorBoard, directory.name())
                        .ifPresent(notices::note);
            }
            check(loop, network, training, split);
            EngineDescription description = engine.describe();
            long step = checkpoint == null ? 0 : checkpoint.step();
            Manifest.Data kept = kept(data, split);
            directory.open();
            events.started(new TrainingEvents.Start(
                    description, kept, network, config.seed(), directory.name(), directory.shown(), step));
            directory.writeSettings(yaml);
            Manifest.Session session = RunManifest.session(description, step);
            manifest.begin(Version.number(), config.seed(), network.parameterCount(), kept, session);
            try (Model model = engine.build(network, initial);
                    Stop stop = events.stop();
                    TeacherTraining teachers = new TeacherTraining(engine, config, directory, events)) {
                rehearsal.await();
                SmallHeap.collect();
                if (!teachers.train(network, split, data.training().normalization(), stop)) {
                    manifest.end(Status.INTERRUPTED);
                    events.interrupted(interrupted(directory, teachers.models().size(), 0, tensorBoard));
                    return false;
                }
                loop = loop.taughtBy(teachers.models()).until(stop);
                TrainingResult result =
                        train(loop, model, training, split, data, directory, checkpoint == null, tensorBoard, events);
                if (result.ending() == Ending.INTERRUPTED) {
                    manifest.end(Status.INTERRUPTED);
                    events.interrupted(interrupted(directory, 0, result.steps(), tensorBoard));
                    return false;
                }
                SmallHeap.collect();
                OptionalDouble temperature = calibrate(model, split.validation());
                Predictions predictions = test(model, data.test());
                Evaluation evaluation = predictions.evaluation();
                Map<String, String> facts = TrainingFacts.of(config, description, result, evaluation);
                temperature.ifPresent(divisor -> facts.put("calibration_temperature", String.valueOf(divisor)));
                @Nullable Novelty novelty = NoveltyFit.of(engine, model, split.training());
                if (novelty != null) {
                    facts.putAll(novelty.facts());
                }
                ModelFile trained = data.named(
                        new ModelFile(network, model.weights(), data.training().normalization(), facts));
                trained.write(directory.model());
                copy.ifPresent(trained::write);
                directory.writeHistory(result.epochs());
                double seconds = (System.nanoTime() - started) * 1e-9;
                Path shown = config.model().file().orElse(directory.shownModel());
                manifest.end(result, evaluation, shown.toString(), seconds);
                events.ended(result, evaluation, shown, seconds);
                if (stop.getAsBoolean()) {
                    events.unreported(directory.name());
                    return false;
                }
                // Everything is kept: from here on a signal ends the process as it always does.
                stop.release();
                report(directory, engine, model, predictions, trained, events);
                return true;
            } catch (DivergedException e) {
                manifest.end(Status.DIVERGED, e);
                throw directory.hasCheckpoint()
                        ? new ResumableDivergence(
                                e, directory.name(), config.training().rate() / 2)
                        : e;
            } catch (RuntimeException e) {
                manifest.end(Status.FAILED, e);
                throw e;
            } finally {
                directory.close();
            }
        }
    }

    /** Null for a run that got no further than its teachers. */
    private @Nullable Checkpoint latest(RunDirectory directory) {
        if (!directory.hasCheckpoint() && directory.hasBegun()) {
            return null;
        }
        CheckpointStore.Found found = directory.latest();
        @Nullable String problem = found.problem();
        if (problem != null) {
            notices.problem(problem + " Going on from the checkpoint before it, of step "
                    + found.checkpoint().step() + ".");
        }
        return found.checkpoint();
    }

    private TrainingResult train(
            TrainingLoop loop,
            Model model,
            Dataset training,
            Split split,
            Datasets.Whole data,
            RunDirectory directory,
            boolean fromTheStart,
            @Nullable Path tensorBoard,
            TrainingEvents events) {
        double guessing = config.training().teachers() > 0
                ? Double.POSITIVE_INFINITY
                : Math.log(split.training().classes());
        try (TrainingEvents.Watch report = events.network(config.training().logEvery(), guessing);
                ProgressFile progress = new ProgressFile(directory.progress(), "");
                @Nullable
                        TensorBoardListener board = tensorBoard == null
                                ? null
                                : new TensorBoardListener(
                                        EventFile.create(installation.place(tensorBoard), Clock.systemUTC()),
                                        model::weights)) {
            if (board != null && fromTheStart) {
                board.samples("samples", split.training(), data.training().normalization(), data.classNames()::name);
            }
            List<TrainingListener> listeners =
                    board == null ? List.of(report, progress) : List.of(report, progress, board);
            return loop.run(model, training, split.validation(), TrainingListener.all(listeners));
        }
    }

    /** What the logits were divided by, if that was asked for. */
    private OptionalDouble calibrate(Model model, Dataset validation) {
        if (!config.training().calibrate()) {
            return OptionalDouble.empty();
        }
        double temperature = TemperatureScaling.temperature(model, validation);
        TemperatureScaling.apply(model, temperature);
        return OptionalDouble.of(temperature);
    }

    private Predictions test(Model model, ImageDataset test) {
        Predictions predictions = Predictions.of(model, test);
        double loss = predictions.evaluation().loss();
        if (!Double.isFinite(loss)) {
            throw new DivergedException("Training: expected a finite test loss, received " + loss
                    + ". Lower the learning rate (now " + config.training().rate() + ").");
        }
        return predictions;
    }

    private static TrainingEvents.Interrupted interrupted(
            RunDirectory directory, int teacher, long step, @Nullable Path tensorBoard) {
        return new TrainingEvents.Interrupted(directory.name(), directory.shown(), teacher, step, tensorBoard);
    }

    private Manifest.Data kept(Datasets.Whole data, Split split) {
        return new Manifest.Data(
                datasets.id(),
                config.data().folder().toString(),
                data.training().normalization().mean(),
                data.training().normalization().std(),
                split.training().size(),
                split.validation().size(),
                data.test().size(),
                new TreeMap<>(data.sha256()));
    }

    private Weights read(Path init, Network network) {
        ModelFile file = ModelFiles.read(installation.locate(init), List.of(network));
        if (!file.network().equals(network)) {
            throw new ModelFormatException(
                    init + ": expected weights of the configured network, " + network.title() + " with "
                            + network.parameterCount() + " parameters, received those of "
                            + file.network().title() + " with "
                            + file.network().parameterCount()
                            + ". Change model.network, model.layers or model.padding, or use another file.");
        }
        return file.weights();
    }

    /** Better now than after the training; and here it is the user's input that is wrong. */
    private static void checkWritable(Path file) {
        try {
            AtomicFile.check(file);
        } catch (LenetException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What does not fit the data is a setting here. */
    private void check(TrainingLoop loop, Network network, Dataset training, Split split) {
        if (config.training().calibrate() && split.validation().size() == 0) {
            throw new ConfigException(
                    "training.calibrate: expected validation images, received data.validation_size: 0."
                            + " Keep some images for validation, or set training.calibrate to false.");
        }
        try {
            loop.check(network, training, split.validation());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What there is to learn, and behind it what is none of it. */
    private ImageRows withOutliers(ImageRows training) {
        int count = (int) Math.round(config.training().outliers() * training.size());
        if (count > 0 && training.exampleShape().dimension(0) != 1) {
            throw new ConfigException("training.outliers: expected 0 for images of " + training.exampleShape()
                    + ", received " + config.training().outliers()
                    + ". Made-up images are grey drawings: set it to 0, or data.shape to images of 1 channel.");
        }
        return count == 0 ? training : Outliers.after(training, count, config.seed());
    }

    private TrainingSettings settings() {
        TrainingConfig training = config.training();
        int reportEvery = training.logEvery() == 0 ? REPORT_EVERY : training.logEvery();
        return config.toSettings(training.maxSteps(), reportEvery);
    }

    /** The model is written and the run complete: whatever goes wrong here, a JVM without pictures included, is only said. */
    private void report(
            RunDirectory directory,
            Engine engine,
            Model model,
            Predictions predictions,
            ModelFile trained,
            TrainingEvents events) {
        try {
            events.reported(reporting.write(directory, engine, model, predictions, trained));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            events.reportFailed(directory.name(), e);
        }
    }
}
