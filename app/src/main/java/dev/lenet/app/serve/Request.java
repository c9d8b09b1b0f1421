package dev.lenet.app.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON object in the body of a request. Whatever is wrong with it is a {@link Refusal} with a sentence. */
record Request(JsonObject content) {
    /** Of a body, in bytes: more than twice the largest drawing. */
    static final int MOST_BYTES = 128 * 1024;

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final Pattern JSON = Pattern.compile("application/json *(?:;.*)?", Pattern.CASE_INSENSITIVE);

    /**
     * As a client sent it.
     *
     * @param type its media type; null if it has none
     */
    static Request of(@Nullable String type, byte[] body) {
        if (type == null || !JSON.matcher(type).matches()) {
            // A form of another page could send other types.
            throw Refusal.of(
                    Refusal.UNSUPPORTED_TYPE,
                    "Content-Type",
                    "application/json",
                    type == null ? "none" : type,
                    "Send JSON.");
        }
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    static Request parse(String json) {
        try {
            @Nullable JsonElement content = STRICT.fromJson(json, JsonElement.class);
            if (content != null && content.isJsonObject()) {
                return new Request(content.getAsJsonObject());
            }
        } catch (JsonParseException e) {
            throw wrong(
                    "Body",
                    "a JSON object",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("none"));
        }
        throw wrong("Body", "a JSON object", json.isBlank() ? "nothing" : json);
    }

    String text(String key) {
        @Nullable JsonElement value = content.get(key);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw wrong(key, "a text", value == null ? "nothing" : value.toString());
        }
        return value.getAsString();
    }

    int whole(String key, int least, int most) {
        @Nullable JsonElement value = content.get(key);
        String expected = "a whole number from " + least + " to " + most;
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()) {
            throw wrong(key, expected, value == null ? "nothing" : value.toString());
        }
        double number = value.getAsDouble();
        if (number != Math.rint(number) || !(number >= least && number <= most)) {
            throw wrong(key, expected, value.toString());
        }
        return (int) number;
    }

    /** Bytes in Base64, as many as expected. */
    byte[] bytes(String key, int count) {
        String text = text(key);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong(key, count + " bytes in Base64", text);
        }
        if (bytes.length != count) {
            throw wrong(key, count + " bytes in Base64", bytes.length + " bytes");
        }
        return bytes;
    }

    private static Refusal wrong(String what, String expected, String received) {
        return Refusal.of(Refusal.BAD_REQUEST, what, expected, received, "Correct the request.");
    }
}
