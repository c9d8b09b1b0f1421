package dev.lenet.app.serve;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
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
final class Gate extends Filter {
    /** With or without a port. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "(([a-z0-9-]+\\.)*localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?",
            Pattern.CASE_INSENSITIVE);

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

    private final String usual;

    Gate(int port) {
        usual = "127.0.0.1:" + port;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Headers answer = exchange.getResponseHeaders();
        HEADERS.forEach(answer::set);
        try (exchange) {
            try {
                check(exchange.getRequestHeaders());
            } catch (Refusal refusal) {
                refusal.reply().send(exchange);
                return;
            }
            chain.doFilter(exchange);
        }
    }

    private void check(Headers request) {
        String host = only(request, "Host");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            throw refused("Host", usual, host);
        }
        String origin = only(request, "Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            throw refused("Origin", "http://" + host, origin);
        }
    }

    /** The value of a header; null if there is none, and one that fits nothing if there are several. */
    private static @Nullable String only(Headers headers, String name) {
        @Nullable List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : String.join(", ", values);
    }

    private static Refusal refused(String header, String expected, @Nullable String received) {
        return new Refusal(
                Refusal.FORBIDDEN,
                header + ": expected " + expected + ", received " + (received == null ? "none" : received)
                        + ". Open http://" + expected.replace("http://", "") + "/ itself.");
    }

    @Override
    public String description() {
        return "lets in the server's own page alone";
    }
}
