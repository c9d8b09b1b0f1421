package dev.lenet.app.console;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Text for a terminal: what a name or a message could do to it is shown in place of done, as {@code \}{@code u001b}. */
public final class Printable {
    private Printable() {}

    /** On one line. */
    public static String line(String text) {
        return shown(text, c -> true);
    }

    /** On several lines, where it has them. */
    public static String lines(String text) {
        return shown(text, c -> c != '\n');
    }

    private static String shown(String text, IntPredicate also) {
        if (text.chars().noneMatch(c -> acts(c) && also.test(c))) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (acts(c) && also.test(c)) {
                shown.append("\\u").append(String.format(Locale.ROOT, "%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** Control characters, other ends of lines, and those that turn the direction of what follows. */
    private static boolean acts(int c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
