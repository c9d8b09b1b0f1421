package dev.lenet.app.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting there is.
 *
 * @param path its section, if it is in one, a dot, and its name
 * @param kind what it may be
 * @param initial the default, as it is written in a file
 * @param text what it does, in a line; <code>{range}</code> stands for what it may be
 * @param options the names of its option, none if it has none
 * @param label what the option's value is called
 */
record Key(String path, Kind<?> kind, String initial, String text, List<String> options, String label) {
    private static final Pattern SENTENCE = Pattern.compile("(.*?\\.)( .*)?");

    Key {
        text = text.replaceAll("\\s+", " ").strip();
    }

    /** The section, or nothing for a key at the top. */
    String section() {
        return section(path);
    }

    /** What is written before the colon. */
    String name() {
        return name(path);
    }

    /** What it does and may be. */
    String comment() {
        return filled(text);
    }

    /** The first sentence of that, and the default. */
    String summary() {
        Matcher sentence = SENTENCE.matcher(text);
        return filled((sentence.matches() ? sentence.group(1) : text) + " Default: {default}.");
    }

    /** A text with what the setting may be in place of <code>{range}</code>, and its default in place of <code>{default}</code>. */
    String filled(String template) {
        return template.replace("{range}", kind.range()).replace("{default}", initial);
    }

    static String section(String path) {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    static String name(String path) {
        return path.substring(path.indexOf('.') + 1);
    }
}
