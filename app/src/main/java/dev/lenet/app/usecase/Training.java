package dev.lenet.app.run;

import dev.lenet.api.ConfigException;
import dev.lenet.api.DivergedException;
import dev.lenet.api.LenetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.NoveltyFit;
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
import dev.lenet.app.run.Manifest.Status;
import dev.lenet.report.tensorboard.EventFile;
import dev.lenet.report.tensorboard.TensorBoardListener;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private final Console console;
    private final TrainingNotices notices;

    @Inject
    Training(
            Config config,
            Datasets datasets,
            Installation installation,
            Provider<Engine> engines,
            Reporting reporting,
            Console console) {
        this.config = config;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
        this.reporting = reporting;
        this.console = console;
        this.notices = new TrainingNotices(config, console);
    }

    /**
     * @param directory of the run
     * @param yaml all of its settings
     * @param resume whether to go on with it; otherwise it is made, or made anew
     * @param init weights to start from; null for those of the seed
     * @param tensorBoard directory for an event file; null for none
     * @return the exit code: 0, or that of a process that a signal ended; a run that was interrupted has written no model
     */
    public int run(
            RunDirectory directory, String yaml, boolean resume, @Nullable Path init, @Nullable Path tensorBoard) {
        long started = System.nanoTime();
        Optional<Path> copy = config.model().file().map(installation::place);
        copy.ifPresent(Training::checkWritable);
        checkWritable(directory.settings());
        @Nullable Checkpoint checkpoint = resume ? latest(directory) : null;
        Datasets.Whole data = datasets.whole();
        Split split = Split.of(data.training(), config.data().validationSize(), config.seed());
        Network network = config.model().network(split.training().classes());
        Weights initial = init == null ? Weights.initial(network, config.seed()) : read(init, network);
        RunManifest manifest = resume ? RunManifest.of(directory) : RunManifest.fresh(directory);
        manifest.checkData(data.sha256(), data.training().normalization());
        try (Engine engine = engines.get();
                Model model = engine.build(network, initial)) {
            TrainingLoop loop = new TrainingLoop(engine, settings()).saving(directory::save);
            if (checkpoint != null) {
                loop = loop.from(checkpoint);
            }
            check(loop, network, split);
            EngineDescription description = engine.describe();
            notices.started(description, network, split, data.test(), directory, checkpoint);
            directory.open();
            directory.writeSettings(yaml);
            long step = checkpoint == null ? 0 : checkpoint.step();
            manifest.begin(config, description, split, data, network.parameterCount(), step);
            try (Interruption interruption = new Interruption();
                    TeacherTraining teachers = new TeacherTraining(engine, config, directory, console)) {
                if (!teachers.train(network, split, data.training().normalization(), interruption)) {
                    manifest.end(Status.INTERRUPTED);
                    notices.interrupted(
                            directory,
                            "in the training of teacher " + teachers.models().size(),
                            0,
                            tensorBoard);
                    return interruption.exitCode();
                }
                loop = loop.taughtBy(teachers.models()).until(interruption);
                TrainingResult result = train(loop, model, split, data, directory, checkpoint == null, tensorBoard);
                if (result.ending() == Ending.INTERRUPTED) {
                    manifest.end(Status.INTERRUPTED);
                    notices.interrupted(
                            directory,
                            String.format(Locale.ROOT, "after step %,d", result.steps()),
                            result.steps(),
                            tensorBoard);
                    return interruption.exitCode();
                }
                Evaluation evaluation = test(model, data.test());
                Map<String, String> facts = facts(description, result, evaluation);
                @Nullable Novelty novelty = NoveltyFit.of(engine, model, split.training());
                if (novelty != null) {
                    facts.putAll(novelty.facts());
                }
                ModelFile trained = new ModelFile(
                                network, model.weights(), data.training().normalization(), facts)
                        .withClassNames(data.classNames());
                trained.write(directory.model());
                copy.ifPresent(trained::write);
                directory.writeHistory(result.epochs());
                double seconds = (System.nanoTime() - started) * 1e-9;
                Path shown = config.model().file().orElse(directory.shownModel());
                manifest.end(result, evaluation, shown.toString(), seconds);
                notices.ended(result, evaluation, shown, seconds);
                report(directory, engine, model, data);
                return 0;
            } catch (DivergedException e) {
                manifest.end(Status.DIVERGED, e);
                throw directory.hasCheckpoint() ? withRemedy(e, directory) : e;
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
            console.problem(problem + " Going on from the checkpoint before it, of step "
                    + found.checkpoint().step() + ".");
        }
        return found.checkpoint();
    }

    private TrainingResult train(
            TrainingLoop loop,
            Model model,
            Split split,
            Datasets.Whole data,
            RunDirectory directory,
            boolean fromTheStart,
            @Nullable Path tensorBoard) {
        double guessing = config.training().teachers() > 0
                ? Double.POSITIVE_INFINITY
                : Math.log(split.training().classes());
        try (TrainingReport report =
                        new TrainingReport(console, config.training().logEvery(), guessing);
                ProgressFile progress = new ProgressFile(directory.progress());
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
            return loop.run(model, split.training(), split.validation(), new Listeners(listeners));
        }
    }

    private Evaluation test(Model model, ImageDataset test) {
        Evaluation evaluation = Evaluation.of(model, test);
        if (!Double.isFinite(evaluation.loss())) {
            throw new DivergedException("Training: expected a finite test loss, received " + evaluation.loss()
                    + ". Lower the learning rate (now " + config.training().learningRate() + ").");
        }
        return evaluation;
    }

    private DivergedException withRemedy(DivergedException e, RunDirectory directory) {
        String halved = String.valueOf(config.training().learningRate() / 2);
        return new DivergedException(
                e.getMessage() + " To go on from the last checkpoint with half of it: "
                        + CommandText.of("train", "--resume", "--run", directory.name(), "--lr", halved),
                e);
    }

    private Weights read(Path init, Network network) {
        ModelFile file = ModelFile.read(installation.locate(init), List.of(network));
        if (!file.network().equals(network)) {
            throw new ModelFormatException(init + ": expected weights of the configured network, with padding "
                    + config.model().padding() + " and " + network.parameterCount() + " parameters, received those of a"
                    + " network with " + file.network().parameterCount() + ". Change --padding, or use another file.");
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
    private static void check(TrainingLoop loop, Network network, Split split) {
        try {
            loop.check(network, split.training(), split.validation());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private TrainingSettings settings() {
        TrainingConfig training = config.training();
        int reportEvery = training.logEvery() == 0 ? REPORT_EVERY : training.logEvery();
        return config.toSettings(training.maxSteps(), reportEvery);
    }

    /** The model is written and the run complete: whatever goes wrong here, a JVM without pictures included, is only said. */
    private void report(RunDirectory directory, Engine engine, Model model, Datasets.Whole data) {
        try {
            Path page = reporting.write(directory, engine, model, data.test(), data.classNames());
            console.progress("report   %s", page);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            console.problem("The report could not be written (" + (e instanceof LenetException ? e.getMessage() : e)
                    + "). Model and run are complete; to try again: "
                    + CommandText.of("report", "--run", directory.name()));
        }
    }

    private Map<String, String> facts(EngineDescription engine, TrainingResult result, Evaluation evaluation) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("dataset", config.data().dataset().id());
        facts.put("device", engine.device());
        facts.put("engine", engine.name());
        facts.put("epochs", String.valueOf(result.epochs().size()));
        facts.put("steps", String.valueOf(result.steps()));
        facts.put("batch_size", String.valueOf(config.training().batchSize()));
        facts.put("learning_rate", String.valueOf(config.training().learningRate()));
        facts.put("schedule", String.valueOf(config.training().toSchedule()));
        facts.put("augmentation", String.valueOf(config.augmentation().toAugmentation()));
        facts.put("plain_epochs", String.valueOf(config.augmentation().plainEpochs()));
        facts.put("optimizer", String.valueOf(config.training().toOptimizer()));
        if (config.training().teachers() > 0) {
            facts.put("teachers", String.valueOf(config.training().teachers()));
            facts.put("temperature", String.valueOf(config.training().temperature()));
        }
        facts.put("seed", String.valueOf(config.seed()));
        facts.put("test_accuracy", String.valueOf(evaluation.accuracy()));
        facts.put("test_loss", String.valueOf(evaluation.loss()));
        facts.put("version", Version.number());
        return facts;
    }
}
