package dev.lenet.app.usecase;

import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.interop.Onnx;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** The {@code import} command. */
public final class Importing {
    private final Installation installation;

    /** Hears what was read. */
    public interface Events {
        /** @param output as users see it */
        void imported(Path file, ModelFile model, Path output);
    }

    @Inject
    Importing(Installation installation) {
        this.installation = installation;
    }

    /** Reads an ONNX file of another program, and writes what is in it as a model of ours. */
    public void run(Path file, Path output, Events events) {
        Path target = installation.place(output);
        AtomicFile.check(target);
        ModelFile model = Onnx.read(installation.place(file));
        model.write(target);
        events.imported(file, model, output);
    }
}
