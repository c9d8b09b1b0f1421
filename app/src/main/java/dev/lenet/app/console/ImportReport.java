package dev.lenet.app.console;

import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.app.usecase.Importing;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints what was imported, and to where. */
public final class ImportReport implements Importing.Events {
    private final Console console;

    public ImportReport(Console console) {
        this.console = console;
    }

    @Override
    public void imported(Path file, ModelFile model, List<String> notes, Path output) {
        notes.forEach(console::note);
        @Nullable Normalization normalization = model.normalization();
        console.result(
                "network  %s, %,d parameters",
                model.network().title(), model.network().parameterCount());
        console.result(
                "pixels   %s",
                normalization == null
                        ? "the file does not say how they are normalised: give --mean and --std to evaluate"
                        : "mean " + normalization.mean() + ", standard deviation " + normalization.std());
        console.result("model    %s", output);
        console.json(Console.event(
                "file", file.toString(),
                "network", model.network().title(),
                "parameters", model.network().parameterCount(),
                "mean", normalization == null ? null : normalization.mean(),
                "std", normalization == null ? null : normalization.std(),
                "notes", notes,
                "model", output.toString()));
    }
}
