package dev.lenet.app.serve;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Undertow on 127.0.0.1, with limits to what one client may take from the others. Few threads read and write, and wait for none. Where
 * there are too many connections, the one that has done nothing for longest makes room for the next.
 */
final class Listener implements AutoCloseable {
    /** Connections at once. */
    static final int MOST = 512;

    private static final int THREADS = 2;

    /** Of the request line and all headers, in bytes. Browsers send less than 2 kB. */
    private static final int MOST_OF_HEAD = 16 * 1024;

    private static final int MOST_HEADERS = 100;
    private static final int BUFFER = 16 * 1024;
    private static final long LONGEST_END_MILLIS = 400;
    private static final long PAUSE_MILLIS = 20;

    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> channel;
    private final Map<StreamConnection, Client> clients = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /**
     * How long a client may take, in milliseconds.
     *
     * @param request for the head of a request, and once more for its body
     * @param idle without a request on an open connection
     * @param answer until it takes the next piece of an answer, or of a stream
     */
    record Patience(int request, int idle, int answer) {
        static final Patience USUAL = new Patience(10_000, 30_000, 20_000);
    }

    /**
     * Listens from now on.
     *
     * @param port 0 for any that is free
     * @param page who answers
     */
    Listener(int port, HttpHandler page, Patience patience) throws IOException {
        HttpOpenListener http = new HttpOpenListener(
                new DefaultByteBufferPool(false, BUFFER),
                OptionMap.builder()
                        .set(UndertowOptions.NO_REQUEST_TIMEOUT, patience.idle())
                        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, patience.request())
                        .set(UndertowOptions.MAX_HEADER_SIZE, MOST_OF_HEAD)
                        .set(UndertowOptions.MAX_HEADERS, MOST_HEADERS)
                        // It is limited by Client instead.
                        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                        // A path is compared as it was sent.
                        .set(UndertowOptions.DECODE_URL, false)
                        .set(UndertowOptions.ALWAYS_SET_DATE, false)
                        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                        .getMap());
        Deadline inTime = new Deadline(page, patience.request());
        http.setRootHandler(exchange -> {
            of(exchange).begins(exchange);
            inTime.handleRequest(exchange);
        });
        worker = Xnio.getInstance(Listener.class.getClassLoader())
                .createWorkerBuilder()
                .setWorkerName("serve")
                .setWorkerIoThreads(THREADS)
                .setDaemon(true)
                // Nothing is ever given to it. Without one XNIO makes its own, of classes that JDK 24 warns about.
                .setExternalExecutorService(ForkJoinPool.commonPool())
                .build();
        try {
            channel = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
                    ChannelListeners.openListenerAdapter(connection -> {
                        if (ending) {
                            IoUtils.safeClose(connection);
                        } else {
                            admit(connection);
                            http.handleEvent(connection);
                        }
                    }),
                    OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, THREADS)
                            .set(Options.TCP_NODELAY, true)
                            .set(Options.REUSE_ADDRESSES, true)
                            .set(Options.BACKLOG, 1000)
                            .set(Options.WRITE_TIMEOUT, patience.answer())
                            .getMap());
        } catch (IOException e) {
            worker.shutdownNow();
            throw e;
        }
        channel.resumeAccepts();
    }

    private void admit(StreamConnection connection) {
        clients.values().removeIf(client -> !client.isOpen());
        if (clients.size() >= MOST) {
            long now = System.nanoTime();
            clients.values().stream()
                    .filter(Client::isReplaceable)
                    .max(Comparator.comparingLong(client -> now - client.since()))
                    .ifPresent(Client::hangUp);
        }
        clients.put(connection, new Client(connection));
    }

    private Client of(HttpServerExchange exchange) {
        StreamConnection connection = ((HttpServerConnection) exchange.getConnection()).getChannel();
        @Nullable Client client = clients.get(connection);
        if (client == null) {
            throw new IllegalStateException("a request came without a connection");
        }
        return client;
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        if (worker.isShutdown()) {
            // Its threads are gone, and with them who would close it.
            return;
        }
        // In this order: a thread that ends makes much noise about every connection that it still has.
        ending = true;
        channel.suspendAccepts();
        clients.values().forEach(Client::hangUp);
        try {
            long end = System.nanoTime() + LONGEST_END_MILLIS * 1_000_000;
            do {
                // As long as those that were accepted last need to be handed on and closed.
                Thread.sleep(PAUSE_MILLIS);
            } while (clients.values().stream().anyMatch(Client::isOpen) && System.nanoTime() < end);
            IoUtils.safeClose(channel);
            worker.shutdown();
            if (!worker.awaitTermination(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
