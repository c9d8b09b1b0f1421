package dev.lenet.notebooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The cells of a notebook file, of the format 4. */
record Notebook(List<JsonObject> cells) {

    static Notebook read(Path file) throws IOException {
        JsonArray cells =
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("cells");
        return new Notebook(
                cells.asList().stream().map(JsonElement::getAsJsonObject).toList());
    }

    List<JsonObject> code() {
        return cells.stream()
                .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                .toList();
    }

    List<Integer> executionCounts() {
        return code().stream()
                .map(cell -> cell.get("execution_count").isJsonNull()
                        ? 0
                        : cell.get("execution_count").getAsInt())
                .toList();
    }

    /** What each code cell shows: texts, with a # for each number, and the types of everything else. */
    List<String> shown() {
        return code().stream()
                .map(cell -> {
                    List<String> shown = new ArrayList<>();
                    for (JsonElement output : cell.getAsJsonArray("outputs")) {
                        shown.add(shown(output.getAsJsonObject()));
                    }
                    return String.join(" | ", shown);
                })
                .toList();
    }

    /** All that was printed. */
    String printed() {
        StringBuilder text = new StringBuilder();
        for (JsonObject cell : code()) {
            for (JsonElement output : cell.getAsJsonArray("outputs")) {
                text.append(text(output.getAsJsonObject().get("text")));
            }
        }
        return text.toString();
    }

    private static String shown(JsonObject output) {
        String type = output.get("output_type").getAsString();
        if (type.equals("stream")) {
            String text =
                    text(output.get("text")).replaceAll("[0-9][0-9.,]*", "#").replaceAll("\\s+", " ");
            return output.get("name").getAsString() + ": " + text.strip();
        }
        return type
                + (output.has("data")
                        ? new TreeSet<>(output.getAsJsonObject("data").keySet())
                        : "");
    }

    /** A text, which the format may have as a list of lines. */
    private static String text(JsonElement element) {
        if (element == null) {
            return "";
        }
        if (element.isJsonPrimitive()) {
            return element.getAsString();
        }
        StringBuilder text = new StringBuilder();
        element.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }
}
