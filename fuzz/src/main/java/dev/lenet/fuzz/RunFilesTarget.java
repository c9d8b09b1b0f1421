package dev.lenet.fuzz;

import dev.lenet.api.ModelFormatException;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.Progress;
import dev.lenet.app.storage.RunJson;
import dev.lenet.report.TrainingHistory.Epoch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a run keeps about itself: manifest, progress and history. */
public final class RunFilesTarget {
    private static final Path FILE = Path.of("models/runs/a/file.json");

    private RunFilesTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        read(() -> Manifest.read(text, FILE));
        read(() -> RunJson.read(text, Progress.class, FILE, "the progress of a run"));
        read(() -> RunJson.read(text, Epoch[].class, FILE, "a row for each epoch"));
    }

    private static void read(Runnable reader) {
        try {
            reader.run();
        } catch (ModelFormatException e) {
            Documented.check(e);
        }
    }
}
