package dev.lenet.app.usecase;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.LabelCodes;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.model.ModelFile;
import dev.lenet.datasets.IdxPair;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;

/** The {@code evaluate} command. */
public final class Evaluating {
    private final TrainedModels models;
    private final Datasets datasets;
    private final Installation installation;
    private final Provider<Engine> engines;

    /** Hears what came out. */
    public interface Events {
        /** @param model its file, as users see it */
        void evaluated(EngineDescription engine, Path model, Evaluation evaluation, ClassNames names);
    }

    @Inject
    Evaluating(TrainedModels models, Datasets datasets, Installation installation, Provider<Engine> engines) {
        this.models = models;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
    }

    /** Evaluates a model on the test images of its run's data set, or of the configured one. */
    public void testImages(ModelChoice choice, Events events) {
        TrainedModel trained = models.find(choice);
        Datasets data = datasets.of(trained);
        ImageDataset test = data.test(
                trained.file().network().input(),
                models.normalization(trained.file()),
                models.labelCodes(trained.file()));
        checkSameClasses(models.classNames(trained.file()), data.classNames());
        evaluate(trained, test, events);
    }

    /** Folders that were renamed, or one more of them, and every number behind it means something else. */
    static void checkSameClasses(ClassNames ofModel, ClassNames ofData) {
        if (!ofModel.numbered() && !ofData.numbered() && !ofModel.equals(ofData)) {
            throw new DatasetException("Evaluation: expected data of the model's classes " + ofModel.names()
                    + ", received " + ofData.names() + ". Evaluate the data the model was trained for.");
        }
    }

    /** Evaluates a model on a pair of IDX files. */
    public void files(ModelChoice choice, Path images, Path labels, Events events) {
        TrainedModel trained = models.find(choice);
        Normalization normalization = models.normalization(trained.file());
        LabelCodes codes = models.labelCodes(trained.file());
        evaluate(
                trained,
                IdxPair.read(
                        installation.locate(images),
                        installation.locate(labels),
                        codes,
                        normalization,
                        trained.file().network().input()),
                events);
    }

    private void evaluate(TrainedModel trained, ImageDataset dataset, Events events) {
        ModelFile file = trained.file();
        ClassNames names = models.classNames(file);
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Evaluation evaluation = finite(Evaluation.of(model, dataset));
            events.evaluated(engine.describe(), trained.path(), evaluation, names);
        }
    }

    /** Weights may be finite and yet too large. */
    static Evaluation finite(Evaluation evaluation) {
        if (!Double.isFinite(evaluation.loss())) {
            throw new ModelFormatException("Model: expected finite outputs, received a loss of " + evaluation.loss()
                    + ". Its weights are too large to compute with: train it again with a lower learning rate.");
        }
        return evaluation;
    }
}
