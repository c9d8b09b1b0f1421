package dev.lenet.api.model;

import dev.lenet.api.ModelFormatException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A JSON value (RFC 8259), as it stands in the headers of model files.
 *
 * <p>Only as much as these need: {@link JsonReader} reads strictly, {@code toString} writes without spaces and in the
 * order given, so equal values give equal text. The typed accessors take the place of the value for their messages.
 */
sealed interface Json {

    /** What to do about a file whose JSON is wrong; ends every message about one. */
    String REMEDY = " The file is damaged, or made by a faulty program: copy or save it again.";

    /** Longest excerpt of a foreign text in a message, in characters. */
    int EXCERPT = 80;

    /** More characters than any text has. */
    int WHOLE = Integer.MAX_VALUE;

    record Text(String value) implements Json {
        @Override
        public String toString() {
            return written(this, WHOLE);
        }
    }

    /** A number as it was written: converting is left to who knows the type, so nothing is rounded twice. */
    record Numeral(String text) implements Json {
        @Override
        public String toString() {
            return text;
        }
    }

    record Truth(boolean value) implements Json {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    record Array(List<? extends Json> items) implements Json {
        @Override
        public String toString() {
            return written(this, WHOLE);
        }
    }

    /** Members in the order of the text. */
    record Members(Map<String, ? extends Json> values) implements Json {

        /**
         * The value of a member that has to be there.
         *
         * @throws ModelFormatException if it is not
         */
        Json member(String where, String name) {
            Json value = values.get(name);
            if (value == null) {
                throw new ModelFormatException(where + ": expected a member \"" + name + "\", received only "
                        + names(values.keySet()) + "." + REMEDY);
            }
            return value;
        }

        /**
         * @throws ModelFormatException if there is a member of another name
         */
        void only(String where, Collection<String> names) {
            for (String name : values.keySet()) {
                if (!names.contains(name)) {
                    throw new ModelFormatException(where + ": expected the members " + names + " only, received "
                            + quotedStart(name) + "." + REMEDY);
                }
            }
        }

        @Override
        public String toString() {
            return written(this, WHOLE);
        }
    }

    /** An object of strings, in the map's order. */
    static Members ofTexts(Map<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        texts.forEach((name, text) -> members.put(name, new Text(text)));
        return new Members(members);
    }

    /** An array of strings. */
    static Array ofTexts(List<String> texts) {
        return new Array(texts.stream().map(Text::new).toList());
    }

    default Members members(String where) {
        if (this instanceof Members members) {
            return members;
        }
        throw expected(where, "an object");
    }

    default Array array(String where) {
        if (this instanceof Array array) {
            return array;
        }
        throw expected(where, "an array");
    }

    default String text(String where) {
        if (this instanceof Text text) {
            return text.value();
        }
        throw expected(where, "a string");
    }

    /** A number written without fraction and exponent, from {@code least} to {@code most}. */
    default long integer(String where, long least, long most) {
        if (this instanceof Numeral numeral) {
            try {
                long value = Long.parseLong(numeral.text());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw expected(where, "an integer from " + least + " to " + most);
            }
        }
        throw expected(where, "an integer from " + least + " to " + most);
    }

    default boolean truth(String where) {
        if (this instanceof Truth truth) {
            return truth.value();
        }
        throw expected(where, "true or false");
    }

    default float float32(String where) {
        if (this instanceof Numeral numeral && Float.isFinite(Float.parseFloat(numeral.text()))) {
            return Float.parseFloat(numeral.text());
        }
        throw expected(where, "a float32 number");
    }

    default ModelFormatException expected(String where, String what) {
        return new ModelFormatException(where + ": expected " + what + ", received " + start(this) + "." + REMEDY);
    }

    /** Foreign names, escaped and shortened for a message. */
    static String names(Collection<String> names) {
        return start(new Array(names.stream().limit(EXCERPT).map(Text::new).toList()));
    }

    /** A foreign text between quotes, escaped and shortened for a message. */
    static String quotedStart(String text) {
        return start(new Text(text));
    }

    /** As much of a value as fits a message; a long one costs no more than a short one. */
    private static String start(Json value) {
        String text = written(value, EXCERPT);
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
    }

    /**
     * The text between quotes, escaped; everything but quotes, backslashes and control characters stands for itself.
     *
     * @throws ModelFormatException if it holds half a surrogate pair, which UTF-8 cannot express
     */
    static String quote(String text) {
        return written(new Text(text), WHOLE);
    }

    private static String written(Json value, int most) {
        StringBuilder out = new StringBuilder();
        write(value, out, most);
        return out.toString();
    }

    /**
     * Writes a value, or its beginning.
     *
     * @param most characters in all, after which nothing more needs to be written
     */
    private static void write(Json value, StringBuilder out, int most) {
        if (value instanceof Text text) {
            quote(text.value(), out, most);
        } else if (value instanceof Array array) {
            String before = "[";
            for (Json item : array.items()) {
                out.append(before);
                before = ",";
                if (out.length() > most) {
                    return;
                }
                write(item, out, most);
            }
            out.append(array.items().isEmpty() ? "[]" : "]");
        } else if (value instanceof Members members) {
            String before = "{";
            for (Map.Entry<String, ? extends Json> member : members.values().entrySet()) {
                out.append(before);
                before = ",";
                if (out.length() > most) {
                    return;
                }
                quote(member.getKey(), out, most);
                out.append(':');
                write(member.getValue(), out, most);
            }
            out.append(members.values().isEmpty() ? "{}" : "}");
        } else {
            out.append(value);
        }
    }

    private static void quote(String text, StringBuilder out, int most) {
        out.append('"');
        for (int i = 0; i < text.length() && out.length() <= most; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                escape(c, out);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c) && most == WHOLE) {
                throw new ModelFormatException(String.format(
                        Locale.ROOT,
                        "Text at character %d: expected Unicode, received the lone surrogate \\u%04x."
                                + " Write another text into the file.",
                        i,
                        (int) c));
            } else if (Character.isSurrogate(c)) {
                escape(c, out);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void escape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xF, 16));
        }
    }
}
