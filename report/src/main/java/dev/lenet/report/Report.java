package dev.lenet.report;

import dev.lenet.api.DatasetException;
import dev.lenet.api.LenetException;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Predictions;
import dev.lenet.api.inference.Rejection;
import dev.lenet.api.inference.Robustness;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.report.chart.Chart;
import dev.lenet.report.chart.ConfusionMatrix;
import dev.lenet.report.chart.ImageGrid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a model is worth: a page to read, and pictures to show.
 *
 * <pre>{@code
 * Report.of(engine, model, test)
 *         .title("Three epochs")
 *         .history(recorder.history())
 *         .write(Path.of("out"));
 * }</pre>
 *
 * <p>The page has figures, learning curves, the confusion matrix, precision and recall of each class, calibration, mistakes,
 * filters and feature maps. It is one file that needs no network, no script and no font. The same model, images and
 * words give the same files, byte for byte.
 *
 * <p>Each method changes this report and returns it.
 */
public final class Report {
    /** The page; it needs none of the other files. */
    public static final String PAGE = "report.html";

    /** The pictures, for a README or a talk. */
    public static final List<String> PICTURES = List.of("results.png", "curves.png", "confusion.png");

    /** As many tabs as a page can hold; each is an image of a class of its own. */
    private static final int MOST_ACTIVATIONS = 20;

    private static final int RESULT_COLUMNS = 8;
    private static final int RESULT_WIDTH = 866;

    private final Engine engine;
    private final Model model;
    private final Predictions predictions;
    private String title = "Model";
    private String dataset = "";
    private ClassNames classNames;
    private @Nullable Robustness robustness;
    private @Nullable Rejection rejection;
    private @Nullable TrainingHistory history;
    private @Nullable Integer example;
    private String trainedBy = "";
    private Map<String, String> facts = Map.of();
    private @Nullable String settings;

    private Report(Engine engine, Model model, Predictions predictions) {
        this.engine = engine;
        this.model = model;
        this.predictions = predictions;
        this.classNames = ClassNames.numbered(predictions.classes(), 0);
    }

    /**
     * Runs the model over the test images.
     *
     * @param engine of the model; both must be open until the report is written
     * @param test images of 1 or 3 channels that the model was not trained on
     * @throws ShapeException if the model does not fit the images
     * @throws DatasetException if there are no images
     */
    public static Report of(Engine engine, Model model, Dataset test) {
        return of(engine, model, Predictions.of(model, test));
    }

    /**
     * The same of a model that has been tested already.
     *
     * @param predictions of the model for the test images
     */
    public static Report of(Engine engine, Model model, Predictions predictions) {
        return new Report(engine, model, predictions);
    }

    /** The heading, for example {@code Run demo}; {@code Model} without. */
    public Report title(String newTitle) {
        title = newTitle;
        return this;
    }

    /** The name of the test images, for example {@code mnist}; left out without. */
    public Report dataset(String name) {
        dataset = name;
        return this;
    }

    /**
     * What the classes are called; their numbers without.
     *
     * @throws IllegalArgumentException if there are not as many names as classes
     */
    public Report classNames(ClassNames names) {
        if (names.count() != predictions.classes()) {
            throw new IllegalArgumentException("Report: expected names of " + predictions.classes()
                    + " classes, received " + names.count() + ". Give a name for each class.");
        }
        classNames = names;
        return this;
    }

    /** How the model reads corrupted images, for a section on it; left out without. */
    public Report robustness(Robustness newRobustness) {
        robustness = newRobustness;
        return this;
    }

    /** What the model says of images of no class, for a section on it; null leaves it out. */
    public Report rejection(@Nullable Rejection newRejection) {
        rejection = newRejection;
        return this;
    }

    /** How the training went, for the learning curves; null if nothing is known of it. */
    public Report history(@Nullable TrainingHistory newHistory) {
        history = newHistory;
        return this;
    }

    /**
     * A test image whose feature maps are shown first. Others are the first image of each class.
     *
     * @param row in the test images; null for none
     */
    public Report example(@Nullable Integer row) {
        example = row;
        return this;
    }

    /** The name of the engine that trained the model; left out without. */
    public Report trainedBy(String engineName) {
        trainedBy = engineName;
        return this;
    }

    /** What else is known, by name, for example how to repeat the training. */
    public Report facts(Map<String, String> newFacts) {
        facts = new LinkedHashMap<>(newFacts);
        return this;
    }

    /** The text of a configuration file that is shown as it is; null for none. */
    public Report settings(@Nullable String text) {
        settings = text;
        return this;
    }

    /**
     * Writes the page and the pictures, each whole or not at all.
     *
     * @param directory made where it is missing
     * @throws LenetException if a file cannot be written
     */
    public void write(Path directory) {
        write(directory, data());
    }

    static void write(Path directory, ReportData data) {
        // At once: each takes a good part of the time, and none needs another.
        Map<String, Supplier<byte[]>> files = Map.of(
                "results.png",
                () -> results(data).png(),
                "curves.png",
                () -> TrainingCharts.picture(data).png(),
                "confusion.png",
                () -> new ConfusionMatrix(data.evaluation(), data.classNames()).png(),
                PAGE,
                () -> ReportPage.of(data).getBytes(StandardCharsets.UTF_8));
        files.entrySet().parallelStream()
                .forEach(file ->
                        write(directory.resolve(file.getKey()), file.getValue().get()));
    }

    private static void write(Path file, byte[] content) {
        AtomicFile.write(file, out -> out.write(content));
    }

    /** {@code results.png}: test images with what the model says of them. */
    static Chart results(ReportData data) {
        Predictions predictions = data.predictions();
        List<Integer> rows = ExampleChoice.of(predictions);
        ImageGrid grid = new ImageGrid(RESULT_COLUMNS)
                .width(RESULT_WIDTH)
                .names(data.classNames())
                .title(ExampleChoice.caption(predictions, rows));
        rows.forEach(row -> grid.add(predictions, row));
        return grid;
    }

    private ReportData data() {
        return new ReportData(
                title,
                dataset,
                classNames,
                model.network(),
                model.weights(),
                predictions,
                robustness,
                rejection,
                activations(),
                history,
                trainedBy,
                facts,
                settings);
    }

    /** For the image asked for, and for the first test image of each class. */
    private List<ExampleActivations> activations() {
        List<Integer> rows = new ArrayList<>();
        if (example != null) {
            rows.add(example);
        }
        int[] first = new int[predictions.classes()];
        for (int row = predictions.count() - 1; row >= 0; row--) {
            first[predictions.label(row)] = row + 1;
        }
        for (int row : first) {
            if (row > 0 && rows.size() < MOST_ACTIVATIONS && !rows.contains(row - 1)) {
                rows.add(row - 1);
            }
        }
        return rows.stream()
                .map(row -> ExampleActivations.of(engine, model, predictions.dataset(), row))
                .toList();
    }
}
