package dev.lenet.app.usecase;

import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.CheckpointStore;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.api.training.TrainingResult.Ending;
import dev.lenet.api.training.TrainingSettings;
import dev.lenet.app.config.Config;
import dev.lenet.app.storage.ProgressFile;
import dev.lenet.app.storage.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The networks whose answers a run's own is to learn. They are trained before it, one after the other, with its settings and
 * its split of the data, each from a seed of its own; and they stay with the run, so that one that goes on has them.
 */
final class TeacherTraining implements AutoCloseable {
    private final Engine engine;
    private final Config config;
    private final RunDirectory directory;
    private final TrainingEvents events;
    private final int count;
    private final List<Model> models = new ArrayList<>();

    TeacherTraining(Engine engine, Config config, RunDirectory directory, TrainingEvents events) {
        this.engine = engine;
        this.config = config;
        this.directory = directory;
        this.events = events;
        this.count = config.training().teachers();
    }

    /** Those that are ready, in order. */
    List<Model> models() {
        return models;
    }

    /**
     * Trains those that are not there yet. A limit of steps is none for them: a run that goes on beyond it has to have
     * learnt from the same teachers before.
     *
     * @param stop whether the user asked to stop
     * @return whether all are ready; otherwise it was asked to stop, and the last one's checkpoint is kept
     */
    boolean train(Network network, Split split, Normalization normalization, BooleanSupplier stop) {
        while (models.size() < count) {
            int teacher = models.size() + 1;
            TrainingSettings settings = config.toTeacherSettings(teacher, Training.REPORT_EVERY);
            Optional<ModelFile> ready = directory.teacher(teacher, network);
            Weights weights = ready.map(ModelFile::weights).orElseGet(() -> Weights.initial(network, settings.seed()));
            Model model = engine.build(network, weights);
            models.add(model);
            if (ready.isEmpty()) {
                TrainingResult result = train(teacher, settings, model, split, stop);
                if (result.ending() == Ending.INTERRUPTED) {
                    return false;
                }
                Map<String, String> facts = Map.of("seed", String.valueOf(settings.seed()));
                directory.keepTeacher(teacher, new ModelFile(network, model.weights(), normalization, facts));
            }
        }
        return true;
    }

    private TrainingResult train(
            int teacher, TrainingSettings settings, Model model, Split split, BooleanSupplier stop) {
        CheckpointStore store = directory.teacherCheckpoints(teacher);
        TrainingLoop loop =
                new TrainingLoop(engine, settings).saving(store::save).until(stop);
        if (!store.isEmpty()) {
            loop = loop.from(store.latest().checkpoint());
        }
        try (TrainingEvents.Watch report = events.teacher(teacher, count);
                ProgressFile progress = new ProgressFile(directory.progress(), teacher + " / " + count)) {
            TrainingListener listeners = TrainingListener.all(List.of(report, progress));
            TrainingResult result = loop.run(model, split.training(), split.validation(), listeners);
            List<EpochReport> epochs = result.epochs();
            if (result.ending() != Ending.INTERRUPTED) {
                report.finished(epochs.get(epochs.size() - 1));
            }
            return result;
        }
    }

    @Override
    public void close() {
        models.forEach(Model::close);
    }
}
