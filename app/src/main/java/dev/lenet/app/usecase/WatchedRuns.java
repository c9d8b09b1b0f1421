package dev.lenet.app.usecase;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lenet.api.engine.Engine;
import dev.lenet.app.serve.RunSource;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.Manifest.Session;
import dev.lenet.app.storage.Manifest.Status;
import dev.lenet.app.storage.Progress;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.RunJson;
import dev.lenet.app.storage.Runs;
import dev.lenet.report.TrainingHistory.Epoch;
import java.util.List;
import java.util.Optional;

/** What the files of the latest run tell, put together for the page of {@code serve}. */
final class WatchedRuns implements RunSource {
    private final Runs runs;
    private final RunMistakes mistakes;

    WatchedRuns(Runs runs, RunMistakes mistakes) {
        this.runs = runs;
        this.mistakes = mistakes;
    }

    @Override
    public Optional<State> latest() {
        return runs.latest().map(WatchedRuns::state);
    }

    static State state(RunDirectory directory) {
        Optional<Manifest> manifest = directory.manifest();
        Optional<Progress> progress = directory.latestProgress();
        List<Epoch> history = directory.history();
        JsonObject json =
                manifest.map(found -> RunJson.tree(found).getAsJsonObject()).orElseGet(JsonObject::new);
        json.remove("sessions");
        json.addProperty("run", directory.name());
        json.addProperty("status", status(manifest, progress));
        json.add("session", orNothing(manifest.flatMap(WatchedRuns::lastSession)));
        json.add("history", RunJson.tree(history));
        json.add("progress", orNothing(progress));
        return new State(directory.name(), history.size(), json);
    }

    private static JsonElement orNothing(Optional<?> value) {
        return value.map(RunJson::tree).orElseGet(JsonObject::new);
    }

    /** As the manifest says; {@code killed} if it says that the run goes on, and the process is not there any more. */
    private static String status(Optional<Manifest> manifest, Optional<Progress> progress) {
        if (manifest.isEmpty()) {
            return "starting";
        }
        Status status = manifest.get().status();
        boolean goesOn = status == Status.RUNNING;
        return goesOn && progress.isPresent() && !isAlive(progress.get().process())
                ? "killed"
                : RunJson.tree(status).getAsString();
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Optional<Session> lastSession(Manifest manifest) {
        List<Session> sessions = manifest.sessions();
        return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
    }

    @Override
    public JsonObject mistakes(State run, Engine engine) {
        JsonObject json = mistakes.of(runs.find(run.name()), engine);
        json.addProperty("run", run.name());
        return json;
    }
}
