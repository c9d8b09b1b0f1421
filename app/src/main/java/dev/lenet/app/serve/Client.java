package dev.lenet.app.serve;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A client's connection, and what was received from it for its current request: Undertow limits the bytes of a body, but says so
 * on stderr if it came in chunks, and without the limit keeps as many trailers of a body as are sent.
 */
final class Client extends AbstractStreamSourceConduit<StreamSourceConduit> {
    /**
     * Of a request, in bytes. Far more than a request may have: what is too much is read and thrown away, as a connection that is closed
     * while its client sends could take the answer from it.
     */
    static final long MOST_BYTES = 2 << 20;

    private final StreamConnection connection;
    private long received;
    private volatile long since = System.nanoTime();
    private volatile @Nullable HttpServerExchange current;

    Client(StreamConnection connection) {
        super(connection.getSourceChannel().getConduit());
        this.connection = connection;
        connection.getSourceChannel().setConduit(this);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether it may be closed to make room: it sends a request, or nothing. */
    boolean isReplaceable() {
        HttpServerExchange exchange = current;
        return exchange == null || !exchange.isRequestComplete();
    }

    /** When it last began or ended something, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    void hangUp() {
        connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
    }

    /** The head of a request is there. */
    void begins(HttpServerExchange exchange) {
        current = exchange;
        since = System.nanoTime();
        exchange.addExchangeCompleteListener((ended, next) -> {
            current = null;
            received = 0;
            since = System.nanoTime();
            next.proceed();
        });
    }

    private long count(long bytes) throws IOException {
        received += Math.max(0, bytes);
        if (received > MOST_BYTES) {
            throw new IOException("a request of more than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return (int) count(super.read(into));
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return count(super.read(into, offset, length));
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return count(super.transferTo(position, count, target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        long received = super.transferTo(count, through, target);
        count(Math.max(0, received) + through.remaining());
        return received;
    }
}
