package dev.lenet.app.run;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.checkpoint.ModelFile;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.training.Evaluation;
import dev.lenet.app.data.Installation;
import dev.lenet.app.run.TrainedModels.Preparation;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;

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

    /** Evaluates the configured model on the test images of the configured data set. */
    public void testImages(Preparation preparation) {
        ModelFile file = models.read();
        evaluate(file, datasets.test(models.normalization(file, preparation)));
    }

    /** Evaluates the configured model on a pair of IDX files. */
    public void files(Path images, Path labels, Preparation preparation) {
        ModelFile file = models.read();
        Normalization normalization = models.normalization(file, preparation);
        IdxFile imageFile = IdxFile.images(installation.locate(images));
        IdxFile labelFile = IdxFile.labels(installation.locate(labels));
        int classes = file.network().output().size();
        evaluate(file, ImageDataset.of(imageFile, labelFile, classes, normalization));
    }

    private void evaluate(ModelFile file, ImageDataset dataset) {
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Evaluation evaluation = Evaluation.of(model, dataset);
            if (!Double.isFinite(evaluation.loss())) {
                throw new ModelFormatException("Model: expected finite outputs, received a loss of " + evaluation.loss()
                        + ". Its weights are too large to compute with: train it again with a lower learning rate.");
            }
            print(evaluation);
            console.json(Console.event(
                    "engine", engine.describe().name(),
                    "count", evaluation.count(),
                    "accuracy", evaluation.accuracy(),
                    "loss", evaluation.loss(),
                    "confusion", evaluation.confusion()));
        }
    }

    private void print(Evaluation evaluation) {
        console.result(
                "accuracy %.2f %%, loss %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), evaluation.count());
        int[][] confusion = evaluation.confusion();
        console.result("");
        console.result("digit  precision  recall      F1  images");
        for (int k = 0; k < confusion.length; k++) {
            console.result(
                    "%5d  %8.2f %%  %4.2f %%  %6.4f  %,6d",
                    k,
                    100 * evaluation.precision(k),
                    100 * evaluation.recall(k),
                    evaluation.f1(k),
                    evaluation.support(k));
        }
        console.result("");
        console.result("confusion (row: true digit, column: predicted digit)");
        StringBuilder header = new StringBuilder("     ");
        for (int k = 0; k < confusion.length; k++) {
            header.append(String.format("%6d", k));
        }
        console.result("%s", header);
        for (int k = 0; k < confusion.length; k++) {
            StringBuilder row = new StringBuilder(String.format("%5d", k));
            for (int count : confusion[k]) {
                row.append(String.format("%6d", count));
            }
            console.result("%s", row);
        }
    }
}
