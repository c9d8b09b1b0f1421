package dev.lenet.app.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A whole answer to a request. */
record Reply(int status, String type, byte[] body) {
    private static final int OK = 200;

    /** A value that is not finite would be no JSON: Gson refuses it. */
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    static Reply json(Object value) {
        return json(OK, value);
    }

    static Reply json(int status, Object value) {
        return new Reply(status, "application/json", text(value).getBytes(StandardCharsets.UTF_8));
    }

    static Reply file(String type, byte[] body) {
        return new Reply(OK, type, body);
    }

    static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    /** JSON in one line. */
    static String text(Object value) {
        return GSON.toJson(value);
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
