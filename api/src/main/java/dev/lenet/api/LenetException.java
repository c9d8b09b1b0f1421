package dev.lenet.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure this framework reports on purpose.
 *
 * <p>A message has three parts: what happened where, what was expected against what was received, and what to do
 * about it. It is written to be printed alone, without a stack trace.
 */
public class LenetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LenetException(String message) {
        super(message);
    }

    public LenetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
