package dev.lenet.app.console;

import dev.lenet.api.ConfigException;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.usecase.PairedAnswers;
import dev.lenet.app.usecase.RunCollection.Comparison;
import dev.lenet.app.usecase.RunSummary;
import dev.lenet.report.TrainingHistory.Epoch;
import dev.lenet.report.chart.Curve;
import dev.lenet.report.chart.LineChart;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints runs, and asks before some are removed. */
public final class RunsReport {
    private static final double MEGA = 1e6;
    private static final String NOTHING = "-";

    private final Console console;

    public RunsReport(Console console) {
        this.console = console;
    }

    /** A row for each. */
    public void list(List<RunSummary> runs) {
        if (runs.isEmpty()) {
            console.result("No runs in models/runs yet. Start one: train.");
        } else {
            Table table = new Table(
                    5, List.of("run", "state", "data", "network", "engine", "epochs", "validation", "test", "MB"));
            for (RunSummary run : runs) {
                table.row(List.of(
                        Printable.line(run.name()),
                        run.status(),
                        run.dataset(),
                        run.network(),
                        run.engine(),
                        String.valueOf(run.epochs()),
                        percent(run.validation()),
                        percent(run.test()),
                        String.format(Locale.ROOT, "%.1f", run.bytes() / MEGA)));
            }
            List<String> lines = table.lines();
            console.result("%s", lines.get(0));
            for (int i = 0; i < runs.size(); i++) {
                console.result("%s", lines.get(i + 1));
                String changed = settings(runs.get(i).changed());
                if (!changed.isEmpty()) {
                    console.result("  %s", changed);
                }
            }
        }
        runs.forEach(run -> console.json(event(run)));
    }

    private static Map<String, Object> event(RunSummary run) {
        return Console.event(
                "run",
                run.name(),
                "started",
                run.started(),
                "state",
                run.status(),
                "dataset",
                run.dataset(),
                "network",
                run.network(),
                "engine",
                run.engine(),
                "epochs",
                run.epochs(),
                "validation_accuracy",
                run.validation(),
                "test_accuracy",
                run.test(),
                "bytes",
                run.bytes(),
                "changed",
                run.changed());
    }

    private static String settings(Map<String, String> changed) {
        return changed.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? NOTHING : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /**
     * Two runs beside each other.
     *
     * @param picture where their curves are drawn; null for nowhere
     */
    public void compare(Comparison comparison, @Nullable Path picture) {
        RunSummary first = comparison.first();
        RunSummary second = comparison.second();
        Table table = new Table(1, List.of("", Printable.line(first.name()), Printable.line(second.name())));
        comparison.settings().forEach((key, values) -> table.row(List.of(key, values.get(0), values.get(1))));
        table.row(List.of("epochs", String.valueOf(first.epochs()), String.valueOf(second.epochs())));
        table.row(List.of("validation accuracy", percent(first.validation()), percent(second.validation())));
        table.row(List.of("test accuracy", percent(first.test()), percent(second.test())));
        table.lines().forEach(line -> console.result("%s", line));
        @Nullable PairedAnswers answers = comparison.answers();
        console.result("");
        if (answers == null) {
            console.result("Trained for different data: their answers are not compared.");
        } else {
            console.result(
                    "Of %,d test images %d are read right by %s alone and %d by %s alone: %+.2f points, standard error %.2f.",
                    answers.count(),
                    answers.onlyFirst(),
                    first.name(),
                    answers.onlySecond(),
                    second.name(),
                    100 * answers.difference(),
                    100 * answers.standardError());
            console.result(
                    answers.significant()
                            ? "Models that are equally good seldom differ that much (exact test of McNemar, 5 %%)."
                            : "Models that are equally good differ that much as well (exact test of McNemar, 5 %%).");
        }
        if (picture != null) {
            draw(comparison, picture);
            console.result("curves   %s", picture);
        }
        console.json(event(comparison));
    }

    private static Map<String, Object> event(Comparison comparison) {
        @Nullable PairedAnswers answers = comparison.answers();
        Map<String, Object> event = Console.event(
                "first", event(comparison.first()),
                "second", event(comparison.second()),
                "settings", comparison.settings());
        event.put(
                "answers",
                answers == null
                        ? null
                        : Console.event(
                                "count", answers.count(),
                                "only_first", answers.onlyFirst(),
                                "only_second", answers.onlySecond(),
                                "difference", answers.difference(),
                                "standard_error", answers.standardError(),
                                "significant", answers.significant()));
        return event;
    }

    /** Validation accuracies beside losses of the training images, by epoch. */
    private static void draw(Comparison comparison, Path picture) {
        LineChart loss = chart(comparison, "loss", Epoch::trainLoss).fromZero();
        LineChart accuracy = chart(comparison, "validation accuracy", Epoch::validationAccuracy)
                .percent();
        byte[] png = loss.beside(accuracy).png();
        AtomicFile.write(picture, out -> out.write(png));
    }

    private static LineChart chart(Comparison comparison, String name, Function<Epoch, @Nullable Double> value) {
        LineChart chart = new LineChart("epoch", name).counted();
        chart.line(curve(comparison.first().name(), comparison.firstHistory(), value));
        return chart.line(curve(comparison.second().name(), comparison.secondHistory(), value));
    }

    private static Curve curve(String name, List<Epoch> history, Function<Epoch, @Nullable Double> value) {
        Curve curve = new Curve(name);
        for (Epoch epoch : history) {
            @Nullable Double y = value.apply(epoch);
            if (y != null) {
                curve.add(epoch.epoch(), y);
            }
        }
        return curve;
    }

    /**
     * Asks, where there is a terminal.
     *
     * @throws ConfigException where there is none
     */
    public boolean mayRemove(List<RunDirectory> runs) {
        String what = runs.size() == 1 ? "the run " + Printable.line(runs.get(0).name()) : runs.size() + " runs";
        double megabytes = runs.stream().mapToLong(RunDirectory::size).sum() / MEGA;
        return console.confirm(
                String.format(Locale.ROOT, "Remove %s with all files, %.1f MB? [y/N] ", what, megabytes));
    }

    public void removed(String name, long bytes) {
        console.progress("removed  models/runs/%s, %.1f MB", name, bytes / MEGA);
        console.json(Console.event("removed", name, "bytes", bytes));
    }

    /** All of them. */
    public void removed(int count) {
        if (count == 0) {
            console.progress("Nothing to remove.");
        }
    }
}
