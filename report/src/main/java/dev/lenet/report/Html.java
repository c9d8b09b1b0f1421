package dev.lenet.report;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes markup that is well-formed XML as well. Text and values of attributes are escaped; names are ours.
 *
 * <p>Attributes are names and values in turn; one whose value is empty is left out.
 */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element, which {@link #close} ends. */
    Html open(String tag, String... attributes) {
        tag(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element that holds text alone. */
    Html leaf(String tag, String text, String... attributes) {
        tag(tag, attributes).append('>');
        text(text);
        out.append("</").append(tag).append('>');
        return this;
    }

    /** An element that can hold nothing, such as {@code img}. */
    Html empty(String tag, String... attributes) {
        tag(tag, attributes).append("/>");
        return this;
    }

    /** A picture whose pixels become squares of that side. */
    Html pixels(byte[] png, int width, int height, String description) {
        return empty(
                "img",
                "src",
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png),
                "width",
                String.valueOf(width),
                "height",
                String.valueOf(height),
                "alt",
                description);
    }

    Html text(String format, Object... arguments) {
        return text(String.format(Locale.ROOT, format, arguments));
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** Markup that was written elsewhere. */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    private StringBuilder tag(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty() || attributes[i].equals("alt")) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                out.append('"');
            }
        }
        return out;
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
    }

    /** In XML; a lone half of a surrogate pair could not even be encoded. */
    private static boolean allowed(int c) {
        return c == '\n' || c == '\t' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    /** All that was written, complete. */
    String markup() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Html: " + open + " is still open");
        }
        return out.toString();
    }
}
