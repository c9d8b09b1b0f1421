package dev.lenet.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An object of JSON that is being written, to stand in an HTML page: no text in it can end the element around it. */
final class JsonText {
    private final List<String> members = new ArrayList<>();

    /** A member whose value is written already. */
    JsonText value(String name, String json) {
        members.add(quoted(name) + ":" + json);
        return this;
    }

    JsonText text(String name, String value) {
        return value(name, quoted(value));
    }

    JsonText texts(String name, List<String> values) {
        return value(name, array(values.stream().map(JsonText::quoted).toList()));
    }

    JsonText wholes(String name, int... values) {
        List<String> numbers = new ArrayList<>();
        for (int value : values) {
            numbers.add(String.valueOf(value));
        }
        return value(name, array(numbers));
    }

    /** As little-endian float32 in Base64. */
    JsonText floats(String name, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return text(name, Base64.getEncoder().encodeToString(bytes.array()));
    }

    static String array(List<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c > 0x7E) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }
}
