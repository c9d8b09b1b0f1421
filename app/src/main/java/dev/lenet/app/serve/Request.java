package dev.lenet.app.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The JSON object in the body of a request. Whatever is wrong with it is a {@link Refusal} with a sentence. */
record Request(JsonObject content) {
    /** Of a body, in bytes: more than twice the largest drawing. */
    static final int MOST_BYTES = 128 * 1024;

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final int SHOWN = 40;

    static Request of(HttpExchange exchange) throws IOException {
        @Nullable String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.matches("(?i)application/json( *;.*)?")) {
            // What a form of another page could send is refused before it is read.
            throw new Refusal(
                    Refusal.UNSUPPORTED_TYPE,
                    "Content-Type: expected application/json, received " + (type == null ? "none" : type)
                            + ". Send JSON.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Refusal(
                    Refusal.TOO_LARGE, "Body: expected at most " + MOST_BYTES + " bytes, received more. Send less.");
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
        String shown = received.length() <= SHOWN ? received : received.substring(0, SHOWN) + "...";
        return new Refusal(
                Refusal.BAD_REQUEST,
                what + ": expected " + expected + ", received " + shown + ". Correct the request.");
    }
}
