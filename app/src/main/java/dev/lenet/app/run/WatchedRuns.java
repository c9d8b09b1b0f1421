package dev.lenet.app.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lenet.api.engine.Engine;
import dev.lenet.app.serve.RunSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private static State state(RunDirectory directory) {
        JsonObject manifest = directory.manifest();
        JsonObject progress = directory.latestProgress();
        JsonArray history = directory.history();
        JsonObject json = new JsonObject();
        json.addProperty("run", directory.name());
        json.addProperty("status", status(manifest, progress));
        for (String key : List.of("seed", "parameters", "data", "results")) {
            if (manifest.has(key)) {
                json.add(key, manifest.get(key));
            }
        }
        json.add("session", lastSession(manifest));
        json.add("history", history);
        json.add("progress", progress);
        return new State(directory.name(), history.size(), json);
    }

    /** As the manifest says; {@code killed} if it says that the run goes on, and the process is not there any more. */
    private static String status(JsonObject manifest, JsonObject progress) {
        String status = manifest.has("status") ? manifest.get("status").getAsString() : "starting";
        boolean goesOn = status.equals("running");
        return goesOn && progress.has("process") && !isAlive(progress.get("process")) ? "killed" : status;
    }

    private static boolean isAlive(JsonElement process) {
        return ProcessHandle.of(process.getAsLong()).map(ProcessHandle::isAlive).orElse(false);
    }

    private static JsonObject lastSession(JsonObject manifest) {
        @Nullable JsonElement sessions = manifest.get("sessions");
        if (sessions == null
                || !sessions.isJsonArray()
                || sessions.getAsJsonArray().isEmpty()) {
            return new JsonObject();
        }
        JsonArray all = sessions.getAsJsonArray();
        JsonElement last = all.get(all.size() - 1);
        return last.isJsonObject() ? last.getAsJsonObject() : new JsonObject();
    }

    @Override
    public JsonObject mistakes(State run, Engine engine) {
        JsonObject json = mistakes.of(runs.find(run.name()), engine);
        json.addProperty("run", run.name());
        return json;
    }
}
