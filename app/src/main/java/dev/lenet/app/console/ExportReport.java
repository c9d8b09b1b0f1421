package dev.lenet.app.console;

import dev.lenet.app.usecase.Exporting;
import java.nio.file.Path;

/** Prints what was exported, and to where. */
public final class ExportReport implements Exporting.Events {
    private final Console console;

    public ExportReport(Console console) {
        this.console = console;
    }

    @Override
    public void exported(Path model, Exporting.Format format, Path output, long bytes) {
        console.result("%-8s %s, %,d bytes", format, output, bytes);
        console.json(Console.event(
                "model", model.toString(),
                "format", format.toString(),
                "output", output.toString(),
                "bytes", bytes));
    }
}
