package dev.lenet.app.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lenet.app.serve.RunFollower.News;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events (HTML Standard, section 9.2): {@code run} with the state of the latest run, and {@code mistakes}, each
 * when it changed. A comment in between tells both sides that the other is still there.
 *
 * <p>Each stream keeps its thread, so a slow reader holds up no other, and misses what was replaced meanwhile.
 */
final class EventStream implements HttpHandler {
    /** How many may watch at once. */
    static final int SEATS = 16;

    private static final long HEARTBEAT_MILLIS = 2000;

    private final RunFollower follower;
    private final Semaphore seats = new Semaphore(SEATS);

    EventStream(RunFollower follower) {
        this.follower = follower;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!seats.tryAcquire()) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "Events: expected at most " + SEATS + " pages that follow a run, received one more."
                            + " Close one of them.");
        }
        follower.join();
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            stream(exchange.getResponseBody());
        } catch (InterruptedException e) {
            // The server ends.
            Thread.currentThread().interrupt();
        } finally {
            follower.leave();
            seats.release();
        }
    }

    /** Until the reader is gone, which is an {@code IOException}, or the server ends. */
    private void stream(OutputStream out) throws IOException, InterruptedException {
        long seen = 0;
        write(out, "retry: 2000\n\n");
        while (!follower.isClosed()) {
            List<News> news = follower.after(seen, HEARTBEAT_MILLIS);
            StringBuilder text = new StringBuilder();
            for (News each : news) {
                text.append("event: ")
                        .append(each.event())
                        .append("\ndata: ")
                        .append(each.json())
                        .append("\n\n");
                seen = Math.max(seen, each.version());
            }
            write(out, news.isEmpty() ? ":\n\n" : text.toString());
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
