package dev.lenet.app.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer to a request.
 *
 * @param headers all but those that HTTP itself needs
 */
record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final int OK = 200;

    /** A value that is not finite would be no JSON: Gson refuses it. */
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    static Reply json(Object value) {
        return json(OK, value);
    }

    static Reply json(int status, Object value) {
        return new Reply(
                status, Map.of("Content-Type", "application/json"), text(value).getBytes(StandardCharsets.UTF_8));
    }

    static Reply file(String type, byte[] body) {
        return new Reply(OK, Map.of("Content-Type", type), body);
    }

    static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    /** JSON in one line. */
    static String text(Object value) {
        return GSON.toJson(value);
    }

    /** This one with a header more. */
    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    /** Without the body, if the client asked for the headers alone. Nothing, if the client was answered already. */
    void send(HttpServerExchange exchange) {
        if (exchange.isResponseStarted()) {
            return;
        }
        exchange.setStatusCode(status);
        headers.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
