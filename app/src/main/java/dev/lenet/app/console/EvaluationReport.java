package dev.lenet.app.console;

import dev.lenet.api.data.ClassNames;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.app.usecase.Evaluating;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Prints an evaluation: accuracy and loss, a line for each class, and the confusion matrix. */
public final class EvaluationReport implements Evaluating.Events {
    private final Console console;

    public EvaluationReport(Console console) {
        this.console = console;
    }

    @Override
    public void evaluated(EngineDescription engine, Path model, Evaluation evaluation, ClassNames names) {
        print(evaluation, names);
        Map<String, Object> event = Console.event(
                "engine", engine.name(),
                "model", model.toString(),
                "count", evaluation.count(),
                "accuracy", evaluation.accuracy(),
                "loss", evaluation.loss(),
                "confusion", evaluation.confusion());
        if (!names.numbered()) {
            event.put("classes", names.names());
        }
        console.json(event);
    }

    private void print(Evaluation evaluation, ClassNames names) {
        console.result(
                "accuracy %.2f %%, loss %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), evaluation.count());
        String what = names.numbered() ? "digit" : "class";
        int width = Math.max(what.length(), names.width());
        int[][] confusion = evaluation.confusion();
        console.result("");
        console.result("%s  precision    recall      F1  images", padded(what, width));
        for (int k = 0; k < confusion.length; k++) {
            console.result(
                    "%s  %7.2f %%  %6.2f %%  %6.4f  %,6d",
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
                row.append(String.format(Locale.ROOT, "%6d", count));
            }
            console.result("%s", row);
        }
    }

    /** Right-aligned, as numbers are. */
    private static String padded(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
