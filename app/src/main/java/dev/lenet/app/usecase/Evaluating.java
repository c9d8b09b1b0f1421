package dev.lenet.app.run;

import dev.lenet.api.DatasetException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.run.TrainedModels.Preparation;
import dev.lenet.datasets.IdxPair;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.Map;

/** The {@code evaluate} command. */
public final class Evaluating {
    private final TrainedModels models;
    private final Datasets datasets;
    private final Installation installation;
    private final Provider<Engine> engines;
    private final Console console;

    @Inject
    Evaluating(
            TrainedModels models,
            Datasets datasets,
            Installation installation,
            Provider<Engine> engines,
            Console console) {
        this.models = models;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
        this.console = console;
    }

    /** Evaluates a model on the test images of its run's data set, or of the configured one. */
    public void testImages(ModelChoice choice, Preparation preparation) {
        TrainedModel trained = models.find(choice);
        Datasets data = datasets.of(trained);
        ImageDataset test = data.test(models.normalization(trained.file(), preparation));
        checkSameClasses(models.classNames(trained.file()), data.classNames());
        evaluate(trained, test);
    }

    /** Folders that were renamed, or one more of them, and every number behind it means something else. */
    static void checkSameClasses(ClassNames ofModel, ClassNames ofData) {
        if (!ofModel.numbered() && !ofData.numbered() && !ofModel.equals(ofData)) {
            throw new DatasetException("Evaluation: expected data of the model's classes " + ofModel.names()
                    + ", received " + ofData.names() + ". Evaluate the data the model was trained for.");
        }
    }

    /** Evaluates a model on a pair of IDX files. */
    public void files(ModelChoice choice, Path images, Path labels, Preparation preparation) {
        TrainedModel trained = models.find(choice);
        Normalization normalization = models.normalization(trained.file(), preparation);
        int classes = trained.file().network().output().size();
        evaluate(
                trained,
                IdxPair.read(installation.locate(images), installation.locate(labels), classes, normalization));
    }

    private void evaluate(TrainedModel trained, ImageDataset dataset) {
        trained.tell(console);
        ModelFile file = trained.file();
        ClassNames names = models.classNames(file);
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Evaluation evaluation = finite(Evaluation.of(model, dataset));
            print(evaluation, names);
            Map<String, Object> event = Console.event(
                    "engine", engine.describe().name(),
                    "model", trained.path().toString(),
                    "count", evaluation.count(),
                    "accuracy", evaluation.accuracy(),
                    "loss", evaluation.loss(),
                    "confusion", evaluation.confusion());
            if (!names.numbered()) {
                event.put("classes", names.names());
            }
            console.json(event);
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

    private void print(Evaluation evaluation, ClassNames names) {
        console.result(
                "accuracy %.2f %%, loss %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), evaluation.count());
        String what = names.numbered() ? "digit" : "class";
        int width = Math.max(what.length(), names.width());
        int[][] confusion = evaluation.confusion();
        console.result("");
        console.result("%s  precision  recall      F1  images", padded(what, width));
        for (int k = 0; k < confusion.length; k++) {
            console.result(
                    "%s  %8.2f %%  %4.2f %%  %6.4f  %,6d",
                    padded(names.name(k), width),
                    100 * evaluation.precision(k),
                    100 * evaluation.recall(k),
                    evaluation.f1(k),
                    evaluation.support(k));
        }
        console.result("");
        console.result("confusion (row: true %s, column: predicted %s)", what, what);
        // Names stand in front of the rows only: the columns are in the same order.
        StringBuilder header = new StringBuilder(padded("", width));
        for (int k = 0; k < confusion.length; k++) {
            header.append(String.format("%6s", names.numbered() ? names.name(k) : String.valueOf(k)));
        }
        console.result("%s", header);
        for (int k = 0; k < confusion.length; k++) {
            StringBuilder row = new StringBuilder(padded(names.name(k), width));
            for (int count : confusion[k]) {
                row.append(String.format("%6d", count));
            }
            console.result("%s", row);
        }
    }

    /** Right-aligned, as numbers are. */
    private static String padded(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
