package dev.lenet.app.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who follows a run. */
final class EventSeats implements HttpHandler {
    /** How many may watch at once. All windows of one browser are one of them. */
    static final int SEATS = 64;

    private final RunFollower follower;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    EventSeats(RunFollower follower) {
        this.follower = follower;
    }

    /** @throws Refusal if all seats are taken */
    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
        // A stream ends with its connection.
        exchange.setPersistent(false);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        EventStream stream = new EventStream(follower, exchange);
        if (!take(stream)) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "Events: expected at most " + SEATS + " pages that follow a run, received one more."
                            + " Close one of them.");
        }
        follower.join();
        exchange.getConnection().addCloseListener(closed -> {
            if (streams.remove(stream)) {
                stream.close();
                follower.leave();
            }
        });
        stream.start();
    }

    private synchronized boolean take(EventStream stream) {
        return streams.size() < SEATS && streams.add(stream);
    }

    /** Tells all of them what is new. Any thread may call it. */
    void refresh() {
        streams.forEach(EventStream::refresh);
    }
}
