package dev.lenet.app.usecase;

import com.google.gson.JsonElement;
import dev.lenet.api.ModelFormatException;
import dev.lenet.app.config.Config;
import dev.lenet.app.storage.Manifest;
import dev.lenet.app.storage.Manifest.Results;
import dev.lenet.app.storage.Manifest.Session;
import dev.lenet.app.storage.RunDirectory;
import dev.lenet.app.storage.RunJson;
import dev.lenet.report.TrainingHistory;
import dev.lenet.report.TrainingHistory.Epoch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run wrote down, read again for its report.
 *
 * @param facts of its manifest, by names such as {@code data.dataset}
 * @param engines that worked on it, in order
 * @param history null if it has no history any more
 * @param settings its config.yaml
 */
record RunRecord(
        Map<String, String> facts,
        Set<String> engines,
        @Nullable TrainingHistory history,
        @Nullable String settings) {

    /** @throws ModelFormatException if one of its files holds something else */
    static RunRecord of(RunDirectory directory) {
        Optional<Manifest> manifest = directory.manifest();
        Map<String, String> facts = new LinkedHashMap<>();
        manifest.ifPresent(found -> flatten("", RunJson.tree(found), facts));
        List<Session> sessions = manifest.map(Manifest::sessions).orElse(List.of());
        Set<String> engines = new LinkedHashSet<>();
        sessions.forEach(session -> engines.add(session.engine()));
        List<Epoch> epochs = directory.history();
        @Nullable
        TrainingHistory history = epochs.isEmpty()
                ? null
                : new TrainingHistory(
                        epochs,
                        manifest.map(found -> learningRates(directory.config(), found))
                                .orElse(List.of()),
                        sessions.size() > 1 ? note(sessions.size()) : "");
        return new RunRecord(facts, engines, history, directory.read(RunDirectory.SETTINGS));
    }

    private static String note(int sessions) {
        return "The run went on " + (sessions == 2 ? "once" : sessions - 1 + " times")
                + " after it had ended; the learning rate is drawn by the settings it went on with last.";
    }

    private static List<Double> learningRates(Config config, Manifest manifest) {
        @Nullable Results results = manifest.results();
        return TrainingHistory.learningRates(
                config.toSettings(0, 1), manifest.data().training(), results == null ? 0 : results.steps());
    }

    private static void flatten(String name, JsonElement value, Map<String, String> facts) {
        if (value.isJsonObject()) {
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> flatten(
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue(), facts));
        } else if (value.isJsonArray()) {
            for (int i = 0; i < value.getAsJsonArray().size(); i++) {
                flatten(name + "." + (i + 1), value.getAsJsonArray().get(i), facts);
            }
        } else {
            facts.put(name, value.isJsonNull() ? "" : value.getAsString());
        }
    }
}
