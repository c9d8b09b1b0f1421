package dev.lenet.app.config;

import java.util.Locale;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * A single value as it was written, and what YAML 1.2 (core schema) takes it for.
 *
 * @param text without quotes
 */
record Scalar(String text, Type type) {

    /** What a value is before anybody has asked for something in particular. */
    enum Type {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        FLAG,
        NOTHING,
        /** A number of more digits than any setting has: reading it takes a time that grows with their square. */
        ENDLESS_NUMBER
    }

    /** In characters. A double in full has 767 digits, which only a program writes. */
    private static final int LONGEST_NUMBER = 1000;

    /** A value without quotes: what it looks like decides what it is. */
    static Scalar plain(String text) {
        Tag tag = new CoreScalarResolver(false).resolve(text, true);
        if (text.length() > LONGEST_NUMBER && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))) {
            return new Scalar(text, Type.ENDLESS_NUMBER);
        } else if (tag.equals(Tag.INT)) {
            return new Scalar(text, Type.WHOLE_NUMBER);
        } else if (tag.equals(Tag.FLOAT)) {
            return new Scalar(text, Type.NUMBER);
        } else if (tag.equals(Tag.BOOL)) {
            return new Scalar(text, Type.FLAG);
        } else if (tag.equals(Tag.NULL)) {
            return new Scalar(text, Type.NOTHING);
        }
        return new Scalar(text, Type.TEXT);
    }

    /** A value in quotes is text, whatever it looks like. */
    static Scalar quoted(String text) {
        return new Scalar(text, Type.TEXT);
    }

    /** How a message names it. */
    String describe() {
        return switch (type) {
            case TEXT -> "the text '" + abridged(text) + "'";
            case WHOLE_NUMBER, NUMBER, FLAG -> abridged(text);
            case NOTHING -> "nothing";
            case ENDLESS_NUMBER -> abridged(text) + ", " + text.length() + " characters long";
        };
    }

    /** A text for a message: on one line, not endless, and without characters that steer a terminal. */
    static String abridged(String text) {
        String start = text.length() <= 60 ? text : text.substring(0, 57) + "...";
        return start.codePoints()
                .mapToObj(c ->
                        Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
