package dev.lenet.app.console;

import dev.lenet.api.inference.Evaluation;
import dev.lenet.app.usecase.Reporting;
import dev.lenet.report.Report;
import java.nio.file.Path;
import java.util.List;

/** Prints where a report was written, and its figures. */
public final class ReportNotice implements Reporting.Events {
    private final Console console;

    public ReportNotice(Console console) {
        this.console = console;
    }

    @Override
    public void reported(Path model, Evaluation evaluation, double error, Path directory) {
        Path page = directory.resolve(Report.PAGE);
        console.progress(
                "test     accuracy %.2f %%, loss %.4f, ECE %.4f (%,d images)",
                100 * evaluation.accuracy(), evaluation.loss(), error, evaluation.count());
        console.result("report   %s", page);
        List<String> pictures = Report.PICTURES.stream()
                .map(name -> directory.resolve(name).toString())
                .toList();
        console.json(Console.event(
                "report", page.toString(),
                "model", model.toString(),
                "pictures", pictures,
                "accuracy", evaluation.accuracy(),
                "loss", evaluation.loss(),
                "ece", error));
    }
}
