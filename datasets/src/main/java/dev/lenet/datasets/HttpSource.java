package dev.lenet.datasets;

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
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Gets files from a web server, with limits of time and size.
 *
 * <p>On {@link HttpURLConnection}, because its read timeout also ends a body that stops coming; that of
 * {@code java.net.http} covers the headers alone. It honours {@code https.proxyHost}, and follows redirects, but never
 * from https to http.
 */
final class HttpSource {
    private final URI base;
    private final Duration timeout;

    /**
     * @param base what may be reached without encryption, if it says so itself; everything else must be https
     * @param timeout for connecting, and for each wait for more bytes
     */
    HttpSource(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
    }

    /** Why a file did not come; the message completes "address: ". */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }

        Failure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Copies what is at an address.
     *
     * @param most bytes that are read; a server that sends more is cut off, and the caller sees it from the size
     * @param target receives the bytes; a failure to write is an {@link UncheckedIOException}
     */
    void get(URI address, long most, OutputStream target) throws Failure {
        checkEncrypted(address);
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setUseCaches(false);
            try {
                int status = connection.getResponseCode();
                if (status != HttpURLConnection.HTTP_OK) {
                    throw new Failure("expected the status 200, received " + status);
                }
                try (InputStream in = connection.getInputStream()) {
                    copy(in, connection.getContentLengthLong(), most, target);
                }
            } finally {
                connection.disconnect();
            }
        } catch (UnknownHostException e) {
            throw new Failure("the host " + address.getHost() + " cannot be found", e);
        } catch (SocketTimeoutException e) {
            throw new Failure("no answer within " + timeout.toMillis() / 1000.0 + " seconds", e);
        } catch (ConnectException | NoRouteToHostException e) {
            throw new Failure("no connection to " + address.getHost() + " (" + e.getMessage() + ")", e);
        } catch (SSLException e) {
            throw new Failure("no secure connection to " + address.getHost() + " (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new Failure("the connection broke off (" + e.getMessage() + ")", e);
        }
    }

    private void checkEncrypted(URI address) throws Failure {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean chosen = scheme.equals("http")
                && scheme.equals(base.getScheme())
                && String.valueOf(address.getAuthority()).equals(base.getAuthority());
        if (!scheme.equals("https") && !chosen) {
            throw new Failure("expected an address that starts with https");
        }
    }

    /** @param promised the length of the body, or -1 if the server does not tell */
    private static void copy(InputStream in, long promised, long most, OutputStream target)
            throws Failure, SocketTimeoutException {
        byte[] buffer = new byte[1 << 16];
        long received = 0;
        while (received < most) {
            int count;
            try {
                count = in.read(buffer, 0, (int) Math.min(buffer.length, most - received));
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw brokenOff(received, promised, e);
            }
            if (count < 0) {
                if (received < promised) {
                    // JDK 17 takes this for the end; later ones throw.
                    throw brokenOff(received, promised, null);
                }
                return;
            }
            received += count;
            try {
                target.write(buffer, 0, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Failure brokenOff(long received, long promised, @Nullable IOException cause) {
        String of = promised < 0 ? "" : " of " + promised;
        return new Failure("the connection broke off after " + received + of + " bytes", cause);
    }
}
