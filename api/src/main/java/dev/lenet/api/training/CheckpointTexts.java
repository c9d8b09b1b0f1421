package dev.lenet.api.training;

import dev.lenet.api.ModelFormatException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a checkpoint that is no array, as texts under dotted keys; numbers read back as the very same bits.
 *
 * <p>Who reads has to read everything: {@link #end} refuses what is left over.
 */
final class CheckpointTexts {
    private static final String REMEDY =
            " The file is damaged, or made by a faulty program: continue from another" + " checkpoint.";

    private final Map<String, String> texts;
    private final Set<String> unread;

    CheckpointTexts(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
        this.unread = new TreeSet<>(texts.keySet());
    }

    Map<String, String> all() {
        return texts;
    }

    void put(String key, Object value) {
        texts.put(key, String.valueOf(value));
    }

    void put(String key, int[][] matrix) {
        texts.put(
                key,
                Stream.of(matrix)
                        .map(row -> java.util.Arrays.stream(row)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining(";")));
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    long whole(String key, long least, long most) {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw expected(key, "a whole number", text);
        }
        throw expected(key, "a whole number from " + least + " to " + most, text);
    }

    int count(String key) {
        return (int) whole(key, 0, Integer.MAX_VALUE);
    }

    double number(String key) {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw expected(key, "a number", text);
        }
        throw expected(key, "a finite number", text);
    }

    boolean flag(String key) {
        String text = text(key);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw expected(key, "true or false", text);
    }

    /** A square matrix of counts: columns separated by commas, rows by semicolons. */
    int[][] matrix(String key) {
        String text = text(key);
        String[] rows = text.split(";", -1);
        int[][] matrix = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            String[] columns = rows[i].split(",", -1);
            if (columns.length != rows.length) {
                throw expected(key, "as many columns as rows", text);
            }
            matrix[i] = new int[columns.length];
            for (int j = 0; j < columns.length; j++) {
                try {
                    matrix[i][j] = Integer.parseInt(columns[j]);
                } catch (NumberFormatException e) {
                    throw expected(key, "whole numbers", text);
                }
            }
        }
        return matrix;
    }

    void end() {
        if (!unread.isEmpty()) {
            throw expected("metadata", "no other keys", String.join(", ", unread));
        }
    }

    private String text(String key) {
        @Nullable String text = texts.get(key);
        if (text == null) {
            throw expected(key, "a value", "none");
        }
        unread.remove(key);
        return text;
    }

    private static ModelFormatException expected(String key, String what, String received) {
        String printable = received.replaceAll("\\p{Cntrl}", "?");
        String excerpt = printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
        return new ModelFormatException(key + ": expected " + what + ", received '" + excerpt + "'." + REMEDY);
    }
}
