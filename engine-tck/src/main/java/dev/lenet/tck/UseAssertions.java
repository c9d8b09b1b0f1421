package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal must look like: the right exception, with a message in four parts; and what must not be refused. */
final class UseAssertions {
    /** {@code conv1 (layer 1, conv2d): expected [N, 2, 9, 9], received [9, 9]. Put the number of examples in front.} */
    private static final Pattern MESSAGE =
            Pattern.compile("\\S.*: expected .+,? received .+\\. [A-Z].+\\.", Pattern.DOTALL);

    private UseAssertions() {}

    /**
     * @param mentioned the values that the message must name
     */
    static void assertRefused(Class<? extends Throwable> type, ThrowingCallable use, String... mentioned) {
        Throwable thrown = catchThrowable(use);
        assertThat(thrown).isInstanceOf(type);
        assertThat(thrown.getMessage())
                .as("the message says where, what was expected, what was received, and what to do")
                .matches(MESSAGE)
                .satisfies(message ->
                        List.of(mentioned).forEach(value -> assertThat(message).contains(value)));
    }

    /** A use of something that is closed. */
    static void assertClosed(String method, ThrowingCallable use) {
        assertSaysClosed(method, catchThrowable(use));
    }

    /** What a use of something that is closed has thrown. */
    static void assertSaysClosed(String method, Throwable thrown) {
        assertThat(thrown).as("%s, after closing", method).isInstanceOf(IllegalStateException.class);
        assertThat(thrown.getMessage())
                .as("%s: the message names the mistake", method)
                .contains("closed");
    }

    /** Returns what a use gives that must be possible. */
    static <T> T assertAccepted(String use, Callable<T> callable) {
        try {
            return callable.call();
        } catch (Throwable thrown) {
            throw new AssertionError(use + ": expected to be possible, received " + thrown, thrown);
        }
    }
}
