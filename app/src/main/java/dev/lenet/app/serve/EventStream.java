package dev.lenet.app.serve;

import dev.lenet.app.serve.RunFollower.News;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Server-sent events (HTML Standard, section 9.2): {@code run} with the state of the latest run, and {@code mistakes}, each
 * when it changed. A comment in between tells both sides that the other is still there.
 *
 * <p>It has no thread, and no queue: a reader that has taken the last piece gets what is newest, so a slow one costs one piece of memory
 * and misses what was replaced meanwhile. One that takes nothing is given up by the server's limit of writing. All of it happens in
 * the thread that owns the connection. (Undertow's own server-sent events queue, and say nothing of an event that fills the last buffer.)
 */
final class EventStream {
    private static final long HEARTBEAT_MILLIS = 2000;

    private final RunFollower follower;
    private final HttpServerExchange exchange;
    private final XnioIoThread thread;
    private @Nullable StreamSinkChannel channel;
    private XnioExecutor.@Nullable Key heartbeat;
    private long seen;
    private ByteBuffer unsent = bytes("retry: 2000\n\n");

    EventStream(RunFollower follower, HttpServerExchange exchange) {
        this.follower = follower;
        this.exchange = exchange;
        this.thread = exchange.getIoThread();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers the request, until its connection is closed. */
    void start() {
        exchange.dispatch(thread, () -> {
            StreamSinkChannel opened = exchange.getResponseChannel();
            channel = opened;
            opened.getWriteSetter().set(this::write);
            write(opened);
            beatLater();
        });
    }

    /** Tells what is new. Any thread may call it. */
    void refresh() {
        thread.execute(() -> {
            if (!unsent.hasRemaining()) {
                write(channel);
            }
        });
    }

    private void beatLater() {
        if (channel != null) {
            heartbeat = WorkerUtils.executeAfter(thread, this::beat, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        if (!unsent.hasRemaining()) {
            unsent = bytes(":\n\n");
            write(channel);
        }
        beatLater();
    }

    /** As much as the client takes now. */
    private void write(@Nullable StreamSinkChannel open) {
        if (open == null) {
            return;
        }
        try {
            while (unsent.hasRemaining() || next()) {
                if (open.write(unsent) == 0) {
                    open.resumeWrites();
                    return;
                }
            }
            if (open.flush()) {
                open.suspendWrites();
            } else {
                open.resumeWrites();
            }
        } catch (IOException e) {
            // The client is gone.
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    /** Whether there is something to tell. */
    private boolean next() {
        List<News> news = follower.after(seen);
        StringBuilder text = new StringBuilder();
        for (News each : news) {
            text.append("event: ")
                    .append(each.event())
                    .append("\ndata: ")
                    .append(each.json())
                    .append("\n\n");
            seen = Math.max(seen, each.version());
        }
        unsent = bytes(text.toString());
        return unsent.hasRemaining();
    }

    /** Says no more. */
    void close() {
        channel = null;
        if (heartbeat != null) {
            heartbeat.remove();
        }
    }
}
