package dev.lenet.app.run;

import dev.lenet.api.ConfigException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.config.Config;
import dev.lenet.app.run.TrainedModels.Preparation;
import dev.lenet.report.FeatureMaps;
import dev.lenet.report.Findings;
import dev.lenet.report.ReportFiles;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code report} command, and the report that {@code train} ends with. */
public final class Reporting {
    /** Where the report of a model file alone goes, in a folder named like the file; relative to the working directory. */
    private static final Path OF_MODELS = Path.of("reports");

    /** As many tabs as a page can hold; each is an image of a class of its own. */
    private static final int MOST_FEATURE_MAPS = 20;

    private final Config config;
    private final TrainedModels models;
    private final Datasets datasets;
    private final Installation installation;
    private final Provider<Engine> engines;
    private final Console console;

    @Inject
    Reporting(
            Config config,
            TrainedModels models,
            Datasets datasets,
            Installation installation,
            Provider<Engine> engines,
            Console console) {
        this.config = config;
        this.models = models;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
        this.console = console;
    }

    /** What the model did on the test images. */
    private record Test(
            Engine engine, Model model, ImageDataset images, ClassNames classNames, Evaluation evaluation) {}

    /**
     * Writes the report of the configured model.
     *
     * @param directory of the run that made it, null to tell of the model alone
     * @param output where to write; null for the run's directory, or one of the model's own
     * @param example a test image whose feature maps are shown first, null for none
     * @throws ModelFormatException if the model is not the run's any more
     */
    public void run(@Nullable RunDirectory directory, @Nullable Path output, @Nullable Integer example) {
        ModelFile file = models.read();
        if (directory != null) {
            RunManifest.of(directory).checkModel(file, config.model().file());
        }
        ImageDataset images = datasets.test(models.normalization(file, Preparation.OF_MODEL));
        ClassNames classNames = models.classNames(file);
        Evaluating.checkSameClasses(classNames, datasets.classNames());
        if (example != null && (example < 0 || example >= images.size())) {
            throw new ConfigException("--example: expected the number of a test image, 0 to " + (images.size() - 1)
                    + ", received " + example + ". The report numbers the misclassified ones.");
        }
        Path shown = output != null
                ? output
                : directory != null ? directory.shown() : ofModel(config.model().file());
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Evaluation evaluation = Evaluating.finite(Evaluation.of(model, images));
            Test test = new Test(engine, model, images, classNames, evaluation);
            Findings findings = directory != null ? ofRun(directory, test, example) : ofModel(file, test, example);
            ReportFiles.write(installation.place(shown), findings);
            tell(findings, shown);
        }
    }

    private static Path ofModel(Path file) {
        return OF_MODELS.resolve(String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", ""));
    }

    /** Writes the report of a run that just ended into its directory, and returns the page as users see it. */
    Path write(
            RunDirectory directory,
            Engine engine,
            Model model,
            ImageDataset images,
            ClassNames classNames,
            Evaluation evaluation) {
        Test test = new Test(engine, model, images, classNames, evaluation);
        ReportFiles.write(installation.place(directory.shown()), ofRun(directory, test, null));
        return directory.shown().resolve(ReportFiles.PAGE);
    }

    private void tell(Findings findings, Path shown) {
        Evaluation evaluation = findings.evaluation();
        double error = findings.calibrationError();
        Path page = shown.resolve(ReportFiles.PAGE);
        console.progress(
                "test     accuracy %.2f %%, loss %.4f, ECE %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), error, evaluation.count());
        console.result("report   %s", page);
        console.json(Console.event(
                "report",
                page.toString(),
                "pictures",
                ReportFiles.PICTURES.stream()
                        .map(name -> shown.resolve(name).toString())
                        .toList(),
                "accuracy",
                evaluation.accuracy(),
                "loss",
                evaluation.loss(),
                "ece",
                error));
    }

    private Findings ofRun(RunDirectory directory, Test test, @Nullable Integer example) {
        RunRecord record = RunRecord.of(directory, config);
        return new Findings(
                "Run " + directory.name(),
                config.data().dataset().id(),
                test.classNames(),
                test.model().network(),
                test.model().weights(),
                test.evaluation(),
                Predictions.of(test.model(), test.images()),
                featureMaps(test, example),
                record.course(),
                String.join(", ", record.engines()),
                record.facts(),
                record.settings());
    }

    private Findings ofModel(ModelFile file, Test test, @Nullable Integer example) {
        return new Findings(
                "Model " + config.model().file(),
                config.data().dataset().id(),
                test.classNames(),
                test.model().network(),
                test.model().weights(),
                test.evaluation(),
                Predictions.of(test.model(), test.images()),
                featureMaps(test, example),
                null,
                file.facts().getOrDefault("engine", ""),
                Novelty.without(file.facts()),
                null);
    }

    /** Of the image asked for, and of the first test image of each class. */
    private static List<FeatureMaps> featureMaps(Test test, @Nullable Integer example) {
        List<Integer> rows = new ArrayList<>();
        if (example != null) {
            rows.add(example);
        }
        int[] first = new int[test.images().classes()];
        for (int row = test.images().size() - 1; row >= 0; row--) {
            first[test.images().label(row)] = row + 1;
        }
        for (int row : first) {
            if (row > 0 && rows.size() < MOST_FEATURE_MAPS && !rows.contains(row - 1)) {
                rows.add(row - 1);
            }
        }
        return rows.stream()
                .map(row -> FeatureMaps.of(test.engine(), test.model(), test.images(), row))
                .toList();
    }
}
