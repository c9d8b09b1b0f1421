package dev.lenet.app.usecase;

import dev.lenet.api.LenetException;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Predictions;
import dev.lenet.app.config.ConfigLoader;
import dev.lenet.app.config.LoadedConfig;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.Runs;
import dev.lenet.report.TrainingHistory.Epoch;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The {@code runs} command: all runs there are, and what they differ in. */
public final class RunCollection {
    private final Runs runs;
    private final TrainedModels models;
    private final Datasets datasets;
    private final Provider<Engine> engines;

    @Inject
    RunCollection(Runs runs, TrainedModels models, Datasets datasets, Provider<Engine> engines) {
        this.runs = runs;
        this.models = models;
        this.datasets = datasets;
        this.engines = engines;
    }

    /** The one that was worked on last first. */
    public List<RunSummary> all() {
        return runs.all().stream().map(RunCollection::summary).toList();
    }

    /** @throws dev.lenet.api.ConfigException if there is no run of that name */
    public RunDirectory named(String name) {
        return runs.find(name);
    }

    /** All but the newest. */
    public List<RunDirectory> olderThanTheNewest(int keep) {
        return runs.all().stream().skip(keep).toList();
    }

    static RunSummary summary(RunDirectory run) {
        try {
            Optional<Manifest> manifest = run.manifest();
            LoadedConfig loaded = run.loaded();
            List<Epoch> history = run.history();
            return new RunSummary(
                    run.name(),
                    manifest.flatMap(RunCollection::firstSession)
                            .map(Manifest.Session::started)
                            .orElse(""),
                    run.status(),
                    loaded.config().data().dataset().id(),
                    network(loaded),
                    manifest.flatMap(RunCollection::firstSession)
                            .map(Manifest.Session::engine)
                            .orElse(loaded.config().engine()),
                    history.size(),
                    best(history),
                    manifest.map(Manifest::results)
                            .map(Manifest.Results::testAccuracy)
                            .orElse(null),
                    changed(loaded),
                    run.size());
        } catch (LenetException e) {
            return new RunSummary(run.name(), "", "damaged", "", "", "", 0, null, null, Map.of(), run.size());
        }
    }

    private static String network(LoadedConfig loaded) {
        return value(loaded, "model.layers").equals("auto") ? value(loaded, "model.network") : "own layers";
    }

    private static Optional<Manifest.Session> firstSession(Manifest manifest) {
        return manifest.sessions().stream().findFirst();
    }

    private static @Nullable Double best(List<Epoch> history) {
        return history.stream()
                .map(Epoch::validationAccuracy)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String value(LoadedConfig loaded, String key) {
        return loaded.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(LoadedConfig.Entry::value)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> changed(LoadedConfig loaded) {
        Map<String, String> defaults = values(ConfigLoader.load(null, Path.of("/nonexistent"), List.of()));
        Map<String, String> changed = new LinkedHashMap<>();
        values(loaded).forEach((key, value) -> {
            if (!value.equals(defaults.get(key))) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    private static Map<String, String> values(LoadedConfig loaded) {
        Map<String, String> values = new LinkedHashMap<>();
        loaded.entries().forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }

    /**
     * Two runs beside each other.
     *
     * @param settings that differ, by key, of the first and the second
     * @param answers of both on the same test images; null if they were trained for different data
     */
    public record Comparison(
            RunSummary first,
            RunSummary second,
            Map<String, List<String>> settings,
            List<Epoch> firstHistory,
            List<Epoch> secondHistory,
            @Nullable PairedAnswers answers) {}

    /** Compares two runs that got to their end; both read the test images again. */
    public Comparison compare(String first, String second) {
        RunDirectory a = runs.find(first);
        RunDirectory b = runs.find(second);
        Map<String, String> ofFirst = values(a.loaded());
        Map<String, String> ofSecond = values(b.loaded());
        Map<String, List<String>> different = new LinkedHashMap<>();
        for (String key : new TreeSet<>(ofFirst.keySet())) {
            String one = ofFirst.getOrDefault(key, "");
            String other = ofSecond.getOrDefault(key, "");
            if (!one.equals(other)) {
                different.put(key, List.of(one, other));
            }
        }
        boolean sameImages = testImages(a).equals(testImages(b));
        @Nullable PairedAnswers answers = sameImages ? answers(first, second) : null;
        return new Comparison(summary(a), summary(b), different, a.history(), b.history(), answers);
    }

    /** What tells test images from others: data set, number, and digests of the files. */
    private static List<Object> testImages(RunDirectory run) {
        run.checkHasResults();
        Manifest.Data data = run.manifest().orElseThrow().data();
        return List.of(data.dataset(), data.test(), data.sha256());
    }

    private PairedAnswers answers(String first, String second) {
        try (Engine engine = engines.get()) {
            return PairedAnswers.of(predictions(engine, first), predictions(engine, second));
        }
    }

    private Predictions predictions(Engine engine, String run) {
        TrainedModel trained = models.find(new ModelChoice(run, null));
        try (Model model = engine.build(trained.file().network(), trained.file().weights())) {
            return Predictions.of(
                    model,
                    datasets.of(trained)
                            .test(
                                    trained.file().network().input(),
                                    models.normalization(trained.file()),
                                    models.labelCodes(trained.file())));
        }
    }
}
