package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Calibration;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Robustness;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.report.Report;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code report} command, and the report that {@code train} ends with. */
public final class Reporting {
    /** Where the report of a model file alone goes, in a folder named like the file; relative to the working directory. */
    private static final Path OF_MODELS = Path.of("reports");

    private final TrainedModels models;
    private final Datasets datasets;
    private final Installation installation;
    private final Provider<Engine> engines;
    private final Strangers strangers;

    @Inject
    Reporting(
            TrainedModels models,
            Datasets datasets,
            Installation installation,
            Provider<Engine> engines,
            Strangers strangers) {
        this.models = models;
        this.datasets = datasets;
        this.installation = installation;
        this.engines = engines;
        this.strangers = strangers;
    }

    /** Hears where a report is. */
    public interface Events {
        /**
         * @param model its file, as users see it
         * @param error the expected calibration error
         * @param directory of the report, as users see it
         */
        void reported(Path model, Evaluation evaluation, double error, Path directory);
    }

    /** Test images for each kind of corruption: enough for a point, and little beside the other work of a report. */
    private static final int CORRUPTED = 400;

    private static final long CORRUPTION_SEED = 1;

    /** What the model did on the test images. */
    private record Test(Engine engine, Model model, Predictions predictions, ClassNames classNames, String dataset) {}

    /**
     * Writes the report of a model, and of the run that made it if that is known.
     *
     * @param output where to write; null for the run's directory, or one of the model's own
     * @param example a test image whose feature maps are shown first, null for none
     */
    public void run(ModelChoice choice, @Nullable Path output, @Nullable Integer example, Events events) {
        TrainedModel trained = models.find(choice);
        ModelFile file = trained.file();
        Datasets data = datasets.of(trained);
        ImageDataset images = data.test(file.network().input(), models.normalization(file), models.labelCodes(file));
        ClassNames classNames = models.classNames(file);
        Evaluating.checkSameClasses(classNames, data.classNames());
        if (example != null && (example < 0 || example >= images.size())) {
            throw new ConfigException("--example: expected the number of a test image, 0 to " + (images.size() - 1)
                    + ", received " + example + ". The report numbers the misclassified ones.");
        }
        @Nullable RunDirectory directory = trained.run();
        Path shown = output != null ? output : directory != null ? directory.shown() : ofModel(trained.path());
        try (Engine engine = engines.get();
                Model model = engine.build(file.network(), file.weights())) {
            Test test = new Test(engine, model, Predictions.of(model, images), classNames, data.id());
            Evaluation evaluation = Evaluating.finite(test.predictions().evaluation());
            Report report = directory != null ? ofRun(directory, test) : ofModel(trained, test);
            report.example(example)
                    .robustness(Robustness.of(model, images, CORRUPTED, CORRUPTION_SEED))
                    .rejection(strangers.rejection(engine, file, images, data.id()))
                    .write(installation.place(shown));
            events.reported(
                    trained.path(),
                    evaluation,
                    Calibration.of(test.predictions()).error(),
                    shown);
        }
    }

    private static Path ofModel(Path file) {
        return OF_MODELS.resolve(String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", ""));
    }

    /**
     * Writes the report of a run that just ended into its directory, and returns the page as users see it. What takes other images than
     * the test's, robustness and rejection, is left to the command: a training does not wait for it.
     */
    Path write(RunDirectory directory, Engine engine, Model model, Predictions predictions, ModelFile trained) {
        Test test = new Test(engine, model, predictions, trained.classNames(), datasets.id());
        ofRun(directory, test).write(installation.place(directory.shown()));
        return directory.shown().resolve(Report.PAGE);
    }

    private Report ofRun(RunDirectory directory, Test test) {
        RunRecord record = RunRecord.of(directory);
        return report("Run " + directory.name(), test)
                .history(record.history())
                .trainedBy(String.join(", ", record.engines()))
                .facts(record.facts())
                .settings(record.settings());
    }

    private Report ofModel(TrainedModel trained, Test test) {
        Map<String, String> facts = trained.file().facts();
        return report("Model " + trained.path(), test)
                .trainedBy(facts.getOrDefault("engine", ""))
                .facts(Novelty.without(facts));
    }

    private Report report(String title, Test test) {
        return Report.of(test.engine(), test.model(), test.predictions())
                .title(title)
                .dataset(test.dataset())
                .classNames(test.classNames());
    }
}
