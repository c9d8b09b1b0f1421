package dev.lenet.app.run;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.lenet.api.ConfigException;
import dev.lenet.api.DatasetException;
import dev.lenet.api.LenetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.data.Split;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.app.config.Config;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.json} of a run: all that one has to know to repeat it, and what came out. Every start, the first and
 * each {@code --resume}, is one of its sessions.
 */
final class RunManifest {
    private static final String RESULTS = "results";

    private final RunDirectory directory;
    private final JsonObject content;

    private RunManifest(RunDirectory directory, JsonObject content) {
        this.directory = directory;
        this.content = content;
    }

    /** The manifest of a run that starts; one that is there already is replaced. */
    static RunManifest fresh(RunDirectory directory) {
        return new RunManifest(directory, new JsonObject());
    }

    /** The manifest of a run that goes on. */
    static RunManifest of(RunDirectory directory) {
        return new RunManifest(directory, directory.manifest());
    }

    /**
     * @param sha256 of the data files there are now
     * @param normalization that makes inputs of their pixels now
     * @throws DatasetException if the run was begun with others
     */
    void checkData(Map<String, String> sha256, Normalization normalization) {
        check("sha256", "data", sorted(sha256), "Restore the data");
        check("mean", "data.mean", new JsonPrimitive(normalization.mean()), "Change it back (--mean)");
        check("std", "data.std", new JsonPrimitive(normalization.std()), "Change it back (--std)");
    }

    /**
     * The runs after it may have replaced the file.
     *
     * @param file as users see it
     * @throws ConfigException if the run did not get to its end, or the model is another one's
     */
    void checkModel(ModelFile model, Path file) {
        if (!complete()) {
            throw new ConfigException("--run: expected a run that got to its end, received '" + directory.name()
                    + "', which has no results. Go on with it: train --resume --run " + directory.name() + ".");
        }
        for (String fact : List.of("test_accuracy", "test_loss")) {
            @Nullable String received = model.facts().get(fact);
            String expected = content.getAsJsonObject(RESULTS).get(fact).getAsString();
            if (!expected.equals(received)) {
                throw new ConfigException(file + ": expected the model of run '" + directory.name() + "', with "
                        + fact.replace('_', ' ') + " " + expected + ", received one with "
                        + (received == null ? "none" : received)
                        + ". Another training has replaced it since; if there is a copy, name it with --model.");
            }
        }
    }

    /** Whether it got to its end. */
    boolean complete() {
        return content.get(RESULTS) instanceof JsonObject results
                && results.has("test_accuracy")
                && results.has("test_loss");
    }

    private void check(String key, String what, JsonElement received, String remedy) {
        @Nullable JsonElement data = content.get("data");
        @Nullable
        JsonElement expected =
                data != null && data.isJsonObject() ? data.getAsJsonObject().get(key) : null;
        if (expected != null && !expected.equals(received)) {
            throw new DatasetException(directory.shown() + ": expected the " + what + " that the run was begun with, "
                    + expected + ", received " + received + ". " + remedy + ", or start a new run.");
        }
    }

    /** A session begins, from that step. */
    void begin(Config config, EngineDescription engine, Split split, Datasets.Whole data, int parameters, long step) {
        content.addProperty("run", directory.name());
        content.addProperty("status", "running");
        content.addProperty("version", Version.number());
        content.addProperty("seed", config.seed());
        content.addProperty("parameters", parameters);
        JsonObject dataset = new JsonObject();
        dataset.addProperty("dataset", config.data().dataset().id());
        dataset.addProperty("directory", config.data().directory().toString());
        dataset.addProperty("mean", data.training().normalization().mean());
        dataset.addProperty("std", data.training().normalization().std());
        dataset.addProperty("training", split.training().size());
        dataset.addProperty("validation", split.validation().size());
        dataset.addProperty("test", data.test().size());
        dataset.add("sha256", sorted(data.sha256()));
        content.add("data", dataset);
        @Nullable JsonElement before = content.get("sessions");
        JsonArray sessions = before != null && before.isJsonArray() ? before.getAsJsonArray() : new JsonArray();
        JsonObject session = new JsonObject();
        session.addProperty("started", now());
        session.addProperty("from_step", step);
        session.addProperty("engine", engine.name());
        session.addProperty("device", engine.device());
        session.addProperty("detail", engine.detail());
        session.addProperty("java", Runtime.version().toString());
        session.addProperty("jvm", System.getProperty("java.vm.name"));
        session.addProperty("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        sessions.add(session);
        content.add("sessions", sessions);
        content.remove(RESULTS);
        write();
    }

    /** It was ended before its end. */
    void end(String status) {
        content.addProperty("status", status);
        write();
    }

    /** It failed; what failed it is what the user has to know, even if the manifest cannot be written any more. */
    void end(String status, RuntimeException failure) {
        try {
            end(status);
        } catch (LenetException another) {
            failure.addSuppressed(another);
        }
    }

    /** It got to its end. */
    void end(TrainingResult result, Evaluation test, String model, double seconds) {
        JsonObject results = new JsonObject();
        results.addProperty("ending", result.ending().name().toLowerCase(Locale.ROOT));
        results.addProperty("steps", result.steps());
        results.addProperty("epochs", result.epochs().size());
        results.addProperty("best_epoch", result.bestEpoch());
        results.addProperty("test_accuracy", test.accuracy());
        results.addProperty("test_loss", test.loss());
        results.addProperty("model", model);
        results.addProperty("seconds_of_last_session", seconds);
        content.add(RESULTS, results);
        end("complete");
    }

    private void write() {
        content.addProperty("written", now());
        directory.writeManifest(content);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static JsonObject sorted(Map<String, String> sha256) {
        return new Gson().toJsonTree(new java.util.TreeMap<>(sha256)).getAsJsonObject();
    }
}
