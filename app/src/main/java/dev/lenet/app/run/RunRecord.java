package dev.lenet.app.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lenet.api.ModelFormatException;
import dev.lenet.app.config.Config;
import dev.lenet.report.TrainingHistory;
import dev.lenet.report.TrainingHistory.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** @param config of the run's own settings */
    static RunRecord of(RunDirectory directory, Config config) {
        JsonObject manifest = directory.manifest();
        Map<String, String> facts = new LinkedHashMap<>();
        flatten("", manifest, facts);
        Set<String> engines = new LinkedHashSet<>();
        int sessions = 0;
        if (manifest.get("sessions") instanceof JsonArray array) {
            sessions = array.size();
            for (int i = 1; i <= sessions; i++) {
                engines.add(facts.getOrDefault("sessions." + i + ".engine", "?"));
            }
        }
        List<Epoch> epochs = epochs(directory);
        @Nullable
        TrainingHistory history = epochs.isEmpty()
                ? null
                : new TrainingHistory(epochs, learningRates(config, facts), sessions > 1 ? note(sessions) : "");
        return new RunRecord(facts, engines, history, directory.read(RunDirectory.SETTINGS));
    }

    private static String note(int sessions) {
        return "The run went on " + (sessions == 2 ? "once" : sessions - 1 + " times")
                + " after it had ended; the learning rate is drawn by the settings it went on with last.";
    }

    private static List<Double> learningRates(Config config, Map<String, String> facts) {
        try {
            int examples = Integer.parseInt(facts.getOrDefault("data.training", "0"));
            long steps = Long.parseLong(facts.getOrDefault("results.steps", "0"));
            return TrainingHistory.learningRates(config.toSettings(0, 1), examples, steps);
        } catch (NumberFormatException e) {
            throw new ModelFormatException(
                    RunDirectory.MANIFEST + ": expected numbers of examples and steps (" + e.getMessage()
                            + "). Restore it.",
                    e);
        }
    }

    private static List<Epoch> epochs(RunDirectory directory) {
        @Nullable String text = directory.read(RunDirectory.HISTORY);
        List<Epoch> epochs = new ArrayList<>();
        try {
            for (JsonElement row :
                    JsonParser.parseString(text == null ? "[]" : text).getAsJsonArray()) {
                JsonObject figures = row.getAsJsonObject();
                epochs.add(new Epoch(
                        figures.get("epoch").getAsInt(),
                        figures.get("seconds").getAsDouble(),
                        figures.get("images_per_second").getAsDouble(),
                        figures.get("train_loss").getAsDouble(),
                        optional(figures, "validation_loss"),
                        optional(figures, "validation_accuracy")));
            }
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new ModelFormatException(
                    directory.shown().resolve(RunDirectory.HISTORY) + ": expected a row for each epoch, received"
                            + " something else (" + e.getMessage() + "). Restore it, or delete it to go on without.",
                    e);
        }
        return epochs;
    }

    private static @Nullable Double optional(JsonObject row, String name) {
        @Nullable JsonElement value = row.get(name);
        return value == null || value.isJsonNull() ? null : value.getAsDouble();
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
