package dev.lenet.app.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in requests of the server's own page alone, and tells browsers to load nothing from elsewhere.
 *
 * <p>Listening on 127.0.0.1 keeps other machines out, but not other pages in the same browser. A page of another origin names
 * itself in {@code Origin}; one whose host name was made to point here (DNS rebinding) names that host in {@code Host}. So
 * the host has to be this machine's own name for itself, and the origin, if there is one, that host. The port may be another, as
 * of a tunnel that ends here.
 */
final class Gate implements HttpHandler {
    /** With or without a port. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "(([a-z0-9-]+\\.)*localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?",
            Pattern.CASE_INSENSITIVE);

    /** Of a name with its port (RFC 1035, section 2.3.4, and six more), in characters. */
    private static final int MOST_OF_HOST = 261;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final HttpHandler page;

    /** @param page who answers what is let in */
    Gate(HttpHandler page) {
        this.page = page;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HEADERS.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        try {
            check(
                    exchange.getRequestHeaders(),
                    "127.0.0.1:" + exchange.getDestinationAddress().getPort());
        } catch (Refusal refusal) {
            refusal.reply().send(exchange);
            return;
        }
        page.handleRequest(exchange);
    }

    /** @param usual the server's own host and port */
    private static void check(HeaderMap request, String usual) {
        String host = only(request, "Host");
        if (host == null
                || host.length() > MOST_OF_HOST
                || !LOOPBACK.matcher(host).matches()) {
            throw refused("Host", usual, host);
        }
        String origin = only(request, "Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            throw refused("Origin", "http://" + host, origin);
        }
    }

    /** The value of a header; null if there is none, and one that fits nothing if there are several. */
    private static @Nullable String only(HeaderMap headers, String name) {
        @Nullable HeaderValues values = headers.get(name);
        return values == null || values.isEmpty() ? null : String.join(", ", values);
    }

    private static Refusal refused(String header, String expected, @Nullable String received) {
        return new Refusal(
                Refusal.FORBIDDEN,
                header + ": expected " + expected + ", received "
                        + (received == null ? "none" : Refusal.shown(received)) + ". Open http://"
                        + expected.replace("http://", "") + "/ itself.");
    }
}
