package dev.lenet.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets files from a web server, with limits of time, rate and size. What may pass, such as a server that is overloaded, is
 * tried again a few times.
 */
final class HttpSource {
    /** One at once, and three more in the next seconds. */
    static final int TRIES = 4;

    /** Before the second try; each pause is twice the one before it. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Consumer<String> announce;
    private final URI base;
    private final Duration timeout;

    /**
     * @param announce is told, in sentences, what is tried again
     * @param base what may be reached without encryption, if it says so itself; everything else must be https
     * @param timeout for connecting, for each wait for more bytes, and for each pause
     */
    HttpSource(Consumer<String> announce, URI base, Duration timeout) {
        this.announce = announce;
        this.base = base;
        this.timeout = timeout;
    }

    /** Why a file did not come; the message completes "address: ". */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        /** Whether another try may go well. */
        private final boolean passing;
        /** What the server wants to be waited for, an HTTP date or a number of seconds. */
        private final @Nullable String retryAfter;

        Failure(String message) {
            this(message, false, null, null);
        }

        Failure(String message, @Nullable Throwable cause) {
            this(message, false, null, cause);
        }

        private Failure(String message, boolean passing, @Nullable String retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.passing = passing;
            this.retryAfter = retryAfter;
        }

        /** One after which it is worth while to try again. */
        static Failure passing(String message, @Nullable Throwable cause) {
            return new Failure(message, true, null, cause);
        }

        /** That of an answer that is not the file. */
        static Failure status(int status, @Nullable String retryAfter) {
            boolean passing =
                    switch (status) {
                        case HttpURLConnection.HTTP_CLIENT_TIMEOUT,
                                425,
                                429,
                                HttpURLConnection.HTTP_INTERNAL_ERROR,
                                HttpURLConnection.HTTP_BAD_GATEWAY,
                                HttpURLConnection.HTTP_UNAVAILABLE,
                                HttpURLConnection.HTTP_GATEWAY_TIMEOUT -> true;
                        default -> false;
                    };
            return new Failure("expected the status 200, received " + status, passing, retryAfter, null);
        }
    }

    /** Where bytes go. */
    interface Target {
        /** A stream to write them to from the first on; what an earlier try has written is to be forgotten. */
        OutputStream open() throws IOException;
    }

    /**
     * Copies what is at an address.
     *
     * @param most bytes that are read; a server that sends more is cut off, and the caller sees it from the size
     * @param target receives the bytes; a failure to write is an {@link java.io.UncheckedIOException}
     */
    void get(URI address, long most, Target target) throws Failure {
        checkEncrypted(address);
        for (int tries = 1; ; tries++) {
            try {
                new Download(address, timeout, most, target).run();
                return;
            } catch (Failure e) {
                if (!e.passing) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw new Failure(e.getMessage() + " (tried " + TRIES + " times)", e);
                }
                pause(address, tries, e);
            }
        }
    }

    private void pause(URI address, int tries, Failure failure) throws Failure {
        long millis = Math.min(FIRST_PAUSE.toMillis() << (tries - 1), timeout.toMillis());
        @Nullable Duration asked = asked(failure.retryAfter);
        if (asked != null) {
            if (asked.compareTo(timeout) > 0) {
                throw new Failure(
                        failure.getMessage() + ", and the wish to be asked again after " + asked.toSeconds()
                                + " seconds",
                        failure);
            }
            millis = Math.max(millis, asked.toMillis());
        }
        announce.accept(String.format(
                Locale.ROOT, "%s: %s. Trying again in %.1f seconds.", address, failure.getMessage(), millis / 1000.0));
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** How long a server wants to be left alone (RFC 9110, Retry-After); null if it does not say so, or says something else. */
    private static @Nullable Duration asked(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String text = retryAfter.strip();
        try {
            if (text.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
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
}
