package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) from files that may be hostile.
 *
 * <p>Stricter than the standard asks: no name twice in an object, no half surrogate pairs. And bounded: in depth, so
 * that no text overflows the stack, and in the number of values, so that a text does not grow a hundredfold in memory.
 */
final class JsonReader {
    /** A safetensors header has 3 levels, a network 3. */
    private static final int DEEPEST = 32;

    /** A tensor of a model takes about 20 of these; this is room for 45,000 of them, and takes 60 MB of memory. */
    private static final int MOST_VALUES = 900_000;

    /** An object takes the memory of so many numbers or short texts. */
    private static final int COST_OF_MEMBERS = 8;

    /** A double needs 24 characters, a long 20. */
    private static final int LONGEST_NUMBER = 64;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

    private final String text;
    private int position;
    private int values;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * The one value that the text is.
     *
     * @throws ModelFormatException if it is not JSON; the message names the character, counted from 0
     */
    static Json read(String text) {
        JsonReader reader = new JsonReader(text);
        Json value = reader.value(0);
        reader.skipSpace();
        if (reader.position < text.length()) {
            throw reader.expected("the end of the text");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > DEEPEST) {
            throw new ModelFormatException("JSON at character " + position + ": expected at most " + DEEPEST
                    + " levels, received more." + Json.REMEDY);
        }
        skipSpace();
        int first = peek();
        values += first == '{' ? COST_OF_MEMBERS : 1;
        if (values > MOST_VALUES) {
            throw new ModelFormatException("JSON at character " + position + ": expected at most " + MOST_VALUES
                    + " values, received more." + Json.REMEDY);
        }
        return switch (first) {
            case '{' -> members(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json members(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        position++;
        skipSpace();
        if (peek() == '}') {
            position++;
            return new Json.Members(members);
        }
        while (true) {
            skipSpace();
            int start = position;
            if (peek() != '"') {
                throw expected("a name in quotes");
            }
            String name = string();
            skipSpace();
            take(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw new ModelFormatException("JSON at character " + start + ": expected each name once, received "
                        + Json.quotedStart(name) + " again." + Json.REMEDY);
            }
            skipSpace();
            if (peek() == '}') {
                position++;
                return new Json.Members(members);
            }
            take(',');
        }
    }

    private Json array(int depth) {
        List<Json> items = new ArrayList<>();
        position++;
        skipSpace();
        if (peek() == ']') {
            position++;
            return new Json.Array(items);
        }
        while (true) {
            items.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                position++;
                return new Json.Array(items);
            }
            take(',');
        }
    }

    private String string() {
        int start = position;
        String string = plainString();
        if (string == null) {
            string = escapedString();
        }
        for (int i = 0; i < string.length(); i++) {
            if (Character.isHighSurrogate(string.charAt(i))
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(string.charAt(i))) {
                throw new ModelFormatException("JSON at character " + start
                        + ": expected Unicode, received a string with half a surrogate pair." + Json.REMEDY);
            }
        }
        return string;
    }

    /** A string without escapes, which needs no second copy; null if it is none. */
    private @Nullable String plainString() {
        int end = position + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\' && text.charAt(end) >= 0x20) {
            end++;
        }
        if (end == text.length() || text.charAt(end) != '"') {
            return null;
        }
        String string = text.substring(position + 1, end);
        position = end + 1;
        return string;
    }

    private String escapedString() {
        StringBuilder string = new StringBuilder();
        position++;
        while (peek() != '"') {
            int c = peek();
            if (c < 0x20) {
                throw expected("a character of a string");
            }
            position++;
            string.append(c == '\\' ? escape() : (char) c);
        }
        position++;
        return string.toString();
    }

    /** The character that an escape stands for, from behind the backslash. */
    private char escape() {
        int kind = peek();
        position++;
        return switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int c = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
                    if (digit < 0) {
                        throw expected("a hexadecimal digit");
                    }
                    c = c << 4 | digit;
                    position++;
                }
                yield (char) c;
            }
            default -> {
                position--;
                throw expected("one of \"\\/bfnrtu behind a backslash");
            }
        };
    }

    private Json number() {
        Matcher number = NUMBER.matcher(text).region(position, Math.min(text.length(), position + LONGEST_NUMBER + 1));
        if (!number.lookingAt()) {
            throw expected("a value");
        }
        if (number.end() - position > LONGEST_NUMBER) {
            throw expected("a number of at most " + LONGEST_NUMBER + " characters");
        }
        position = number.end();
        return new Json.Numeral(number.group());
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, position)) {
            throw expected("a value");
        }
        position += word.length();
        return value;
    }

    private void take(char c) {
        if (peek() != c) {
            throw expected("'" + c + "'");
        }
        position++;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    /** The next character, -1 at the end. */
    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private ModelFormatException expected(String what) {
        int c = peek();
        String received = c < 0
                ? "the end"
                : c > 0x20 && c < 0x7F ? "'" + (char) c + "'" : String.format(Locale.ROOT, "U+%04X", c);
        return new ModelFormatException(
                "JSON at character " + position + ": expected " + what + ", received " + received + "." + Json.REMEDY);
    }
}
