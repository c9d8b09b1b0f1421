package dev.lenet.app.storage;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.lenet.api.ModelFormatException;
import dev.lenet.app.storage.RequiredComponents.Missable;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Records as JSON and back. A component {@code trainLoss} is {@code "train_loss"}; one that is null is left out. Read again, each must be there that is not {@link Missable}. */
public final class RunJson {
    private static final Gson LINE = new GsonBuilder()
            .disableHtmlEscaping()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .registerTypeAdapterFactory(new RequiredComponents())
            .create();

    private static final Gson PAGE = LINE.newBuilder().setPrettyPrinting().create();

    private RunJson() {}

    /** On one line. */
    public static String line(Object value) {
        return LINE.toJson(value) + "\n";
    }

    /** On several lines, for people. */
    public static String page(Object value) {
        return PAGE.toJson(value) + "\n";
    }

    public static JsonElement tree(Object value) {
        return LINE.toJsonTree(value);
    }

    /** A table with a line of names and a line for each record. */
    static <T extends Record> String csv(Class<T> type, List<T> rows) {
        List<String> names =
                Arrays.stream(type.getRecordComponents()).map(RunJson::name).toList();
        StringBuilder csv = new StringBuilder(String.join(",", names)).append('\n');
        for (T row : rows) {
            JsonObject values = tree(row).getAsJsonObject();
            csv.append(names.stream()
                            .map(name -> values.has(name) ? values.get(name).getAsString() : "")
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return csv.toString();
    }

    /** As the naming policy of Gson has it, which knows fields alone. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /**
     * @param shown the file, as users see it
     * @param what it should hold, with its article
     * @throws ModelFormatException if it holds something else
     */
    public static <T> T read(String text, Class<T> type, Path shown, String what) {
        try {
            return Optional.ofNullable(LINE.fromJson(text, type)).orElseThrow(() -> new JsonParseException("nothing"));
        } catch (RuntimeException | StackOverflowError e) {
            // What Gson throws at text of another shape is not all documented.
            throw new ModelFormatException(
                    shown + ": expected " + what + ", received something else (" + reason(e)
                            + "). Restore it, or delete it to go on without.",
                    e);
        }
    }

    /** Without Gson's links to its manual. */
    private static String reason(Throwable e) {
        Throwable first = e.getCause() == null ? e : e.getCause();
        return String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    }
}
