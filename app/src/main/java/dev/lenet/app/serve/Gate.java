package dev.lenet.app.serve;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets in requests of the server's own page alone, and tells browsers to load nothing from elsewhere.
 *
 * <p>Listening on 127.0.0.1 keeps other machines out, but not other pages in the same browser. A page of another origin names
 * itself in {@code Origin}; one whose host name was made to point here (DNS rebinding) names that host in {@code Host}. So
 * both have to be this server's own.
 */
final class Gate extends Filter {
    private static final int HTTP_PORT = 80;

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

    private final Set<String> hosts;
    private final String usual;

    Gate(int port) {
        usual = "127.0.0.1:" + port;
        hosts = Stream.of("127.0.0.1", "localhost", "[::1]")
                .flatMap(host -> port == HTTP_PORT ? Stream.of(host, host + ":" + port) : Stream.of(host + ":" + port))
                .collect(Collectors.toSet());
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
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw refused("Host", usual, host);
        }
        String origin = only(request, "Origin");
        if (origin != null && hosts.stream().noneMatch(own -> origin.equalsIgnoreCase("http://" + own))) {
            throw refused("Origin", "http://" + usual, origin);
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
