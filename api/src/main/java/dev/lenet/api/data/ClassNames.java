package dev.lenet.api.data;

import dev.lenet.api.Argument;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of a data set's classes, for people.
 *
 * @param names in order of the classes; control characters are replaced, as they could steer a terminal
 */
public record ClassNames(List<String> names) {
    public ClassNames {
        names = names.stream().map(ClassNames::printable).toList();
    }

    /** The labels themselves, counted from {@code first}. */
    public static ClassNames numbered(int count, int first) {
        return new ClassNames(
                IntStream.range(first, first + count).mapToObj(String::valueOf).toList());
    }

    /** Whether they are only the labels as numbers, from 0 or from 1. */
    public boolean numbered() {
        return equals(numbered(count(), 0)) || equals(numbered(count(), 1));
    }

    /** The name of a class, from 0. */
    public String name(int k) {
        return names.get(Argument.checkIndex(k, names.size(), "Class names", "class"));
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
