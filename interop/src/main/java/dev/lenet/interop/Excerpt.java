package dev.lenet.interop;

/** Texts of foreign files in messages: short, and on one line. */
final class Excerpt {
    /** Longest, in characters. */
    private static final int LENGTH = 80;

    private Excerpt() {}

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().limit(LENGTH).forEach(c -> quoted.append(Character.isISOControl(c) ? '?' : (char) c));
        return quoted.append(text.length() > LENGTH ? "...\"" : "\"").toString();
    }
}
