package dev.lenet.app.data;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.lenet.api.ModelFormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of a data set are called, for people. A model file carries them as a fact, so that a model answers with
 * the names of what it was trained on.
 *
 * @param names in order of the classes; control characters are replaced, as they could steer a terminal
 */
public record ClassNames(List<String> names) {
    /** The fact in a model file: the names as a JSON list of texts. */
    public static final String FACT = "class_names";

    private static final String DATASET_FACT = "dataset";

    public ClassNames {
        names = names.stream().map(ClassNames::printable).toList();
    }

    /** Labels that count from {@code first}. */
    public static ClassNames numbered(int count, int first) {
        return new ClassNames(
                IntStream.range(first, first + count).mapToObj(String::valueOf).toList());
    }

    /** Those of a data set that everybody knows, or numbers from 0. */
    static ClassNames of(DatasetKind kind, int count) {
        return kind.classNames().size() == count ? new ClassNames(kind.classNames()) : numbered(count, 0);
    }

    /**
     * What a model file says its classes are called: the names it carries, or those of the data set it names, or numbers.
     *
     * @param facts of the model file
     * @param count of classes that the model tells apart
     * @throws ModelFormatException if it carries names that are not a list of as many texts
     */
    public static ClassNames ofModel(Map<String, String> facts, int count) {
        @Nullable String json = facts.get(FACT);
        if (json == null) {
            Optional<DatasetKind> kind = DatasetKind.of(facts.getOrDefault(DATASET_FACT, ""));
            return kind.map(known -> of(known, count)).orElseGet(() -> numbered(count, 0));
        }
        List<String> names = parse(json);
        if (names.size() != count) {
            throw new ModelFormatException("Model, " + FACT + ": expected a JSON list of " + count
                    + " texts, one for each class, received " + (names.isEmpty() ? "something else" : names.size())
                    + ". Train or save the model again.");
        }
        return new ClassNames(names);
    }

    /** Empty if it is no list of texts. */
    private static List<String> parse(String json) {
        try {
            String @Nullable [] names = new Gson().fromJson(json, String[].class);
            return names == null ? List.of() : List.of(names);
        } catch (JsonSyntaxException | NullPointerException e) {
            return List.of();
        }
    }

    /** What a model trained on these classes says about them. */
    public Map<String, String> facts() {
        return Map.of(FACT, new Gson().toJson(names));
    }

    /** Whether they are only the labels as numbers, from 0 or from 1. */
    public boolean numbered() {
        return equals(numbered(count(), 0)) || equals(numbered(count(), 1));
    }

    /** The name of a class, from 0. */
    public String name(int k) {
        return names.get(k);
    }

    public int count() {
        return names.size();
    }

    /** How many characters the longest has. */
    public int width() {
        return names.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        name.codePoints().forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return printable.toString();
    }
}
