package dev.lenet.datasets;

import dev.lenet.datasets.HttpSource.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One try to get a file.
 *
 * <p>On {@link HttpURLConnection}, because its read timeout also ends a body that stops coming; that of
 * {@code java.net.http} covers the headers alone. It honours {@code https.proxyHost}, and follows redirects, but never
 * from https to http. But a server that sends a byte now and then never lets it time out, not even within a header. So it runs
 * in a thread of its own, which is left behind if too little comes.
 */
final class Download {
    /** In bytes a second: a file of 26 MB, the largest there is, takes three quarters of an hour. */
    private static final long LEAST_RATE = 10_000;

    /** The resolvers of operating systems give up in about as long. */
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final URI address;
    private final Duration timeout;
    private final long most;
    private final HttpSource.Target target;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong received = new AtomicLong();
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;

    /**
     * @param timeout for connecting, and for each wait for more bytes
     * @param most bytes that are read
     */
    Download(URI address, Duration timeout, long most, HttpSource.Target target) {
        this.address = address;
        this.timeout = timeout;
        this.most = most;
        this.target = target;
    }

    /** Copies what is at the address. */
    void run() throws Failure {
        Thread thread = new Thread(this::copyInThread, "lenet-download");
        thread.setDaemon(true);
        thread.start();
        try {
            await();
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
        @Nullable Throwable cause = failure;
        if (cause instanceof Failure of) {
            throw of;
        } else if (cause instanceof RuntimeException of) {
            throw of;
        } else if (cause instanceof Error of) {
            throw of;
        }
    }

    private void await() throws InterruptedException, Failure {
        // To connect and to be answered may take the timeout each, to look the name up is without one.
        long window = 2 * timeout.toMillis() + LOOK_UP.toMillis();
        long before = 0;
        while (!ended.await(window, TimeUnit.MILLISECONDS)) {
            long count = received.get() - before;
            if (count * 1000 < LEAST_RATE * window) {
                abandoned = true;
                throw new Failure(String.format(
                        Locale.ROOT,
                        "expected at least %d bytes a second, received %d bytes in %.1f seconds",
                        LEAST_RATE,
                        count,
                        window / 1000.0));
            }
            before += count;
            window = timeout.toMillis();
        }
    }

    private void copyInThread() {
        try {
            copy();
        } catch (Failure | RuntimeException | Error e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    private void copy() throws Failure {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setUseCaches(false);
            try {
                int status = connection.getResponseCode();
                if (status != HttpURLConnection.HTTP_OK) {
                    throw Failure.status(status, connection.getHeaderField("Retry-After"));
                }
                try (InputStream in = connection.getInputStream()) {
                    copy(in, connection.getContentLengthLong());
                }
            } finally {
                connection.disconnect();
            }
        } catch (UnknownHostException e) {
            throw new Failure("the host " + address.getHost() + " cannot be found", e);
        } catch (SocketTimeoutException e) {
            throw Failure.passing("no answer within " + timeout.toMillis() / 1000.0 + " seconds", e);
        } catch (ConnectException | NoRouteToHostException e) {
            throw new Failure("no connection to " + address.getHost() + " (" + e.getMessage() + ")", e);
        } catch (SSLException e) {
            throw new Failure("no secure connection to " + address.getHost() + " (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw Failure.passing("the connection broke off (" + e.getMessage() + ")", e);
        }
    }

    private void copy(InputStream in, long promised) throws Failure, SocketTimeoutException {
        try (OutputStream out = target.open()) {
            copy(in, promised, out);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param promised the length of the body, or -1 if the server does not tell */
    private void copy(InputStream in, long promised, OutputStream out) throws Failure, IOException {
        byte[] buffer = new byte[1 << 16];
        while (received.get() < most && !abandoned) {
            int count;
            try {
                count = in.read(buffer, 0, (int) Math.min(buffer.length, most - received.get()));
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw brokenOff(promised, e);
            }
            if (count < 0) {
                if (received.get() < promised) {
                    // JDK 17 takes this for the end; later ones throw.
                    throw brokenOff(promised, null);
                }
                return;
            }
            out.write(buffer, 0, count);
            received.addAndGet(count);
        }
    }

    private Failure brokenOff(long promised, @Nullable IOException cause) {
        String of = promised < 0 ? "" : " of " + promised;
        return Failure.passing("the connection broke off after " + received.get() + of + " bytes", cause);
    }
}
