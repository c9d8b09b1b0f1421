package dev.lenet.app.usecase;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lenet.api.engine.Engine;
import dev.lenet.app.serve.RunSource;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.Manifest.Session;
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
        json.addProperty("status", directory.status());
        json.add("session", orNothing(manifest.flatMap(WatchedRuns::lastSession)));
        json.add("history", RunJson.tree(history));
        json.add("progress", orNothing(progress));
        return new State(directory.name(), history.size(), json);
    }

    private static JsonElement orNothing(Optional<?> value) {
        return value.map(RunJson::tree).orElseGet(JsonObject::new);
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
