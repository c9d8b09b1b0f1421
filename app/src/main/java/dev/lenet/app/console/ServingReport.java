package dev.lenet.app.console;

import dev.lenet.api.engine.EngineDescription;
import dev.lenet.app.usecase.Serving;
import dev.lenet.app.usecase.Stop;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Prints where the page is, and hears Ctrl-C. */
public final class ServingReport implements Serving.Events {
    private final Console console;
    private @Nullable Interruption interruption;

    public ServingReport(Console console) {
        this.console = console;
    }

    @Override
    public Stop stop() {
        interruption = new Interruption();
        return interruption;
    }

    /** The exit code of a process that a signal ended. */
    public int exitCode() {
        return interruption != null && interruption.getAsBoolean() ? interruption.exitCode() : Interruption.BY_CTRL_C;
    }

    @Override
    public void serving(EngineDescription engine, Path model, URI url, int port) {
        console.progress("engine   %s on %s (%s)", engine.name(), engine.device(), engine.detail());
        console.progress("model    %s", model);
        console.result("page     %s", url);
        console.note("Ctrl-C ends it.");
        console.json(Console.event(
                "event", "serving",
                "url", url.toString(),
                "port", port,
                "engine", engine.name(),
                "model", model.toString()));
    }
}
